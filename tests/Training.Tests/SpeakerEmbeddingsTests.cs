using Tmrvc.SafeTensors;
using Tmrvc.Training.Tests.Support;

namespace Tmrvc.Training.Tests;

public sealed class SpeakerEmbeddingsTests
{
    [Test]
    public void Every_utterance_finds_its_own_row_whatever_the_order_of_saving()
    {
        using var folder = new TemporaryFolder();
        SpeakerEmbeddings.Save(folder["a"], new Dictionary<string, float[]> { ["b/2"] = [3, 4], ["a/1"] = [1, 2] });
        SpeakerEmbeddings.Save(folder["b"], new Dictionary<string, float[]> { ["a/1"] = [1, 2], ["b/2"] = [3, 4] });
        Assert.That(File.ReadAllBytes(folder["b"]), Is.EqualTo(File.ReadAllBytes(folder["a"])));
        using var embeddings = SpeakerEmbeddings.Open(folder["a"]);
        Assert.That(embeddings.Of("a/1").ToArray(), Is.EqualTo(new float[] { 1, 2 }));
        Assert.That(embeddings.Of("b/2").ToArray(), Is.EqualTo(new float[] { 3, 4 }));
        Assert.That(embeddings.Ids, Is.EqualTo(new[] { "a/1", "b/2" }));
    }

    [Test]
    public void An_unknown_utterance_is_named()
    {
        using var folder = new TemporaryFolder();
        SpeakerEmbeddings.Save(folder["a"], new Dictionary<string, float[]> { ["a/1"] = [1, 2] });
        using var embeddings = SpeakerEmbeddings.Open(folder["a"]);
        Assert.That(() => { embeddings.Of("z/9"); }, Throws.TypeOf<KeyNotFoundException>().With.Message.Contains("z/9"));
    }

    [Test]
    public void Another_file_is_refused()
    {
        using var folder = new TemporaryFolder();
        new SafeTensorsWriter().Add("weights", new float[] { 1 }, 1).Save(folder["a"]);
        Assert.That(() => SpeakerEmbeddings.Open(folder["a"]), Throws.TypeOf<InvalidDataException>().With.Message.Contains("embeddings"));
    }
}
