using Tmrvc.Audio;
using Tmrvc.Features;
using Tmrvc.Support;

namespace Tmrvc.Evaluation.Tests;

/// <summary>Small networks of the published signatures, whose results are known.</summary>
public sealed class NetworksOfOthersTests
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("networks");

    [OneTimeTearDown]
    public void Clean() => _folder.Delete(recursive: true);

    [Test]
    public void An_opinion_is_that_of_the_network_on_the_waveform_at_16_kHz()
    {
        using var network = Network(TinyNetworks.Utmos(), OpinionScorer.Signature);
        Assert.That(new OpinionScorer(network).Score(Tone(440)), Is.EqualTo(0.125).Within(1e-3), "the mean square of a tone of amplitude 0.5");
        Assert.That(new OpinionScorer(network).Score(Tone(10_000)), Is.Zero.Within(1e-3), "which 16 kHz cannot hold");
    }

    [Test]
    public void A_network_with_another_signature_is_refused_by_name() => Assert.That(
        () => Network(TinyNetworks.Ecapa(), OpinionScorer.Signature), Throws.TypeOf<NetworkException>().With.Message.Contains("is not UTMOS"));

    [Test]
    public void Ecapa_judges_by_embeddings_of_unit_length()
    {
        using var network = Network(TinyNetworks.Ecapa(), Ecapa.Signature);
        var embedder = new EcapaEmbedder(network);
        var (low, high) = (embedder.Embed(Tone(300)), embedder.Embed(Tone(3000)));
        Assert.That(Cosine(low, low), Is.EqualTo(1).Within(1e-5));
        Assert.That(Cosine(low, high), Is.LessThan(0.999));
    }

    private PretrainedNetwork Network(byte[] bytes, NetworkSignature signature)
    {
        var path = Path.Combine(_folder.FullName, $"{TestContext.CurrentContext.Test.ID}.onnx");
        File.WriteAllBytes(path, bytes);
        return new PretrainedNetwork(path, signature);
    }

    private static AudioBuffer Tone(double hertz) => new(
        [.. Enumerable.Range(0, 24000).Select(n => (float)(0.5 * Math.Sin(2 * Math.PI * hertz * n / 24000)))], 24000);

    private static double Cosine(float[] a, float[] b) => a.Zip(b, (x, y) => (double)x * y).Sum();
}
