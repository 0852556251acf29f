using Tmrvc.Features;
using static TorchSharp.torch;

namespace Tmrvc.Training.Tests;

public sealed class VoiceExchangeTests
{
    [Test]
    public void Voices_are_exchanged_with_the_probability_and_with_other_speakers_alone()
    {
        long[] speakers = [.. Enumerable.Range(0, 1000).Select(n => (long)(n % 3))];
        using var random = new StepRandom(1, 2, 3, CPU);
        var voice = VoiceExchange.Draw(0.2, speakers, random)!.Voice;
        var exchanged = voice.Index().Where(pair => pair.Item != pair.Index).ToList();
        Assert.That(exchanged.Count / 1000.0, Is.EqualTo(0.2).Within(0.05));
        Assert.That(exchanged.Where(pair => speakers[pair.Item] == speakers[pair.Index]), Is.Empty);
        Assert.That(exchanged.Select(pair => pair.Item).Distinct().Count(), Is.GreaterThan(100), "anybody's of the others");
    }

    [Test]
    public void In_a_batch_of_one_speaker_nothing_is_exchanged()
    {
        using var random = new StepRandom(1, 2, 3, CPU);
        Assert.That(VoiceExchange.Draw(1, [4, 4, 4], random), Is.Null);
    }

    [Test]
    public void The_voice_asked_for_has_its_embedding_and_its_range_of_F0()
    {
        var batch = new TeacherBatch("two", Features(), [1, 0, 0, 1]) { Voices = [Voice(100), Voice(200)] };
        var asked = new VoiceExchange([1, 1]).Apply(batch);
        Assert.That(asked.Speaker, Is.EqualTo(new[] { 0, 1, 0, 1f }));
        Assert.That(asked.Features.F0, Is.EqualTo(new float[] { 220, 0, 180, 0 }).Within(1e-3), "the second keeps its own");
        Assert.That(asked.Features.LogMel, Is.SameAs(batch.Features.LogMel));
        using var marks = new VoiceExchange([1, 1]).On(CPU).Exchanged;
        Assert.That(marks.data<float>().ToArray(), Is.EqualTo(new[] { 1f, 0 }));
    }

    private static FeatureBatch Features() => new()
    {
        Plan = new BatchPlan(0, [new Crop(0, 0, 2), new Crop(1, 0, 2)]),
        Frames = 2, Mels = 1, ContentDimension = 1,
        LogMel = [1, 2, 3, 4], Content = [1, 2, 3, 4], F0 = [110, 0, 180, 0], Mask = [1, 1, 1, 1], SpeakerIndex = [0, 1], Lengths = [2, 2],
    };

    private static SpeakerStatistics Voice(double hertz) => new()
    {
        ContentMean = [], ContentDeviation = [], LogF0Mean = Math.Log(hertz), LogF0Deviation = 0.2, Frames = 10, VoicedFrames = 5,
    };
}
