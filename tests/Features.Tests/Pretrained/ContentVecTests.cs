using Tmrvc.Audio;
using Tmrvc.BuildGraph;

namespace Tmrvc.Features.Tests;

public sealed class ContentVecTests
{
    private static readonly SignalParameters Parameters = new(24000, 1024, 240, 960, 80, 0, 12000, 1e-10);

    private readonly NetworkFile _file = new(TinyNetworks.ContentVec());
    private PretrainedNetwork _network = null!;
    private ContentVec _content = null!;

    [OneTimeSetUp]
    public void Open()
    {
        _network = new PretrainedNetwork(_file.Path, ContentVec.Signature);
        _content = new ContentVec(_network, Parameters);
    }

    [OneTimeTearDown]
    public void Close()
    {
        _network.Dispose();
        _file.Dispose();
    }

    private float[] Extract(float[] samples) => _content.Compute(new AudioBuffer(samples, 24000), []);

    [TestCase(240, 1)]
    [TestCase(599, 2)]
    [TestCase(24000, 100)]
    [TestCase(24239, 100)]
    [TestCase(35999, 149)]
    public void There_are_as_many_frames_as_whole_hops(int samples, int frames) =>
        Assert.That(Extract(new float[samples]), Has.Length.EqualTo(_content.Dimension * frames));

    /// <summary>A pulse of 10 ms, as the mean over each frame sees it: its centre of mass is where the pulse is.</summary>
    [TestCase(0.300)]
    [TestCase(0.5)]
    [TestCase(0.507)]
    [TestCase(0.7125)]
    public void A_pulse_appears_at_the_frames_of_its_time(double seconds)
    {
        var samples = new float[24000];
        samples.AsSpan((int)((seconds - 0.005) * 24000), 240).Fill(1);

        var mean = Extract(samples)[..100];

        var centre = mean.Select((value, frame) => value * 0.01 * (frame - 1)).Sum() / mean.Sum();
        Assert.That(centre, Is.EqualTo(seconds).Within(0.004));
        Assert.That(Array.IndexOf(mean, mean.Max()), Is.EqualTo(seconds * 100 + 1).Within(1.5));
    }

    [Test]
    public void Frames_lie_linearly_between_the_networks_frames()
    {
        var audio = AudioFile.Read(MiniCorpus.English);
        var samples = Resampler.Resample(audio, 24000).Samples;
        var resampled = Resampler.Resample(new AudioBuffer(samples, 24000), 16000).Samples;
        var (content, frames) = (Extract(samples), samples.Length / 240);
        var count = (resampled.Length - 400) / 320 + 1;
        foreach (var row in new[] { 0, 1, 17, 767 })
            for (var frame = 0; frame < frames; frame += 7)
            {
                // Frame f is centred on 10·(f − 1) ms, the network's frame k on 12.5 + 20·k ms.
                var place = Math.Clamp((10.0 * (frame - 1) - 12.5) / 20, 0, count - 1);
                var (before, after) = ((int)Math.Floor(place), (int)Math.Ceiling(place));
                var expected = Vector(resampled, before, row) * (1 - (place - before)) + Vector(resampled, after, row) * (place - before);
                Assert.That(content[row * frames + frame], Is.EqualTo(expected).Within(1e-5), $"row {row}, frame {frame}");
            }
    }

    private static double Vector(float[] samples, int frame, int row) =>
        Enumerable.Range(0, 400).Sum(n => TinyNetworks.ContentWeight(row, n) * samples[frame * 320 + n]);

    [Test]
    public void An_utterance_whose_content_is_no_number_is_rejected_and_not_kept()
    {
        var broken = new OnnxModel()
            .Input("source", OnnxModel.Float, "1", "1", "samples")
            .Constant("weight", [.. Enumerable.Repeat(float.NaN, 768 * 400)], 768, 1, 400)
            .Node("Conv", ["source", "weight"], "rows", ("strides", [320]))
            .Node("Transpose", ["rows"], "embed", ("perm", [0, 2, 1]))
            .Output("embed", OnnxModel.Float, "1", "frames", "768");
        using var file = new NetworkFile(broken.ToArray());
        var extraction = new FeatureExtraction(Parameters, new FeaturesSettings { Content = ContentKind.ContentVec }, _ => file.Path);

        Assert.That(
            () => extraction.Extract(new AudioBuffer(new float[24000], 24000)),
            Throws.TypeOf<ItemRejectedException>().With.Message.EqualTo("content holds values that are no finite numbers"));
    }

    [Test]
    public void A_network_at_another_rate_is_refused()
    {
        var slow = new OnnxModel()
            .Input("source", OnnxModel.Float, "1", "1", "samples")
            .Constant("weight", new float[768 * 400], 768, 1, 400)
            .Node("Conv", ["source", "weight"], "rows", ("strides", [640]))
            .Node("Transpose", ["rows"], "embed", ("perm", [0, 2, 1]))
            .Output("embed", OnnxModel.Float, "1", "frames", "768");
        using var file = new NetworkFile(slow.ToArray(), "slow.onnx");
        using var network = new PretrainedNetwork(file.Path, ContentVec.Signature);

        Assert.That(
            () => new ContentVec(network, Parameters).Compute(new AudioBuffer(new float[24000], 24000), []),
            Throws.TypeOf<NetworkException>().With.Message.Contains("slow.onnx: ContentVec gives 25 frames for 16000 samples, 49"));
    }
}
