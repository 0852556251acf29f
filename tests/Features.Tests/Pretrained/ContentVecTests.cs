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

    /// <returns>[768, T], as it is read from a shard.</returns>
    private float[] Extract(float[] samples)
    {
        var kept = Array.ConvertAll(_content.Compute(new AudioBuffer(samples, 24000), []), value => (Half)value);
        var frames = samples.Length / 240;
        var content = new float[768 * frames];
        _content.Grid.Read(kept, 768, 0, frames, content, frames);
        return content;
    }

    [TestCase(240, 1)]
    [TestCase(599, 1)]
    [TestCase(24000, 49)]
    [TestCase(35999, 74)]
    public void The_frames_are_the_networks_own_one_per_20_ms(int samples, int frames) =>
        Assert.That(_content.Compute(new AudioBuffer(new float[samples], 24000), []), Has.Length.EqualTo(_content.Dimension * frames));

    [Test]
    public void A_stretch_is_that_of_the_whole()
    {
        var kept = Enumerable.Range(0, 768 * 49).Select(i => (Half)MathF.Sin(i)).ToArray();
        var (whole, stretch) = (new float[768 * 100], new float[768 * 20]);
        _content.Grid.Read(kept, 768, 0, 100, whole, 100);
        foreach (var start in new[] { 0, 1, 37, 88 })
        {
            _content.Grid.Read(kept, 768, start, 12, stretch, 20);
            for (var row = 0; row < 768; row += 31)
                Assert.That(stretch.AsSpan(row * 20, 12).SequenceEqual(whole.AsSpan(row * 100 + start, 12)), $"row {row} from {start}");
        }
    }

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
                var (left, right) = (Vector(resampled, before, row), Vector(resampled, after, row));
                var expected = left * (1 - (place - before)) + right * (place - before);
                Assert.That(content[row * frames + frame], Is.EqualTo(expected).Within(1e-7 + 1e-3 * Math.Max(Math.Abs(left), Math.Abs(right))), $"row {row}, frame {frame}");
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
