using Tmrvc.Features;
using Tmrvc.Models;
using Tmrvc.Training.Tests.Support;
using static TorchSharp.torch;

namespace Tmrvc.Training.Tests;

public sealed class TeacherObjectiveTests
{
    private const int Size = 64;
    private const int Frames = 2;
    private static readonly TeacherDimensions Dimensions = new(Mels: 2, Content: 3, Speaker: 4, IrParameters: 1, Heads: 1);

    [Test]
    public void Uniform_times_are_spread_evenly()
    {
        var times = Times(FlowTimes.Uniform);
        Assert.That(times.Average(), Is.EqualTo(0.5).Within(0.02));
        Assert.That(times.Count(t => t < 0.1) / (double)times.Count, Is.EqualTo(0.1).Within(0.02));
    }

    [Test]
    public void Logit_normal_times_have_normal_logits()
    {
        var logits = Times(FlowTimes.LogitNormal).Select(t => Math.Log(t / (1 - t))).ToList();
        Assert.That(logits.Average(), Is.EqualTo(0).Within(0.06));
        Assert.That(logits.Average(l => l * l), Is.EqualTo(1).Within(0.08));
    }

    [Test]
    public void Optimal_transport_brings_noise_and_data_nearer_and_keeps_the_noise()
    {
        var (plain, paired) = (Predict(new FlowSettings()), Predict(new FlowSettings { OptimalTransport = true }));
        Assert.That(Distance(paired), Is.LessThan(0.8 * Distance(plain)));
        Assert.That(Sorted(paired.Noise), Is.EqualTo(Sorted(plain.Noise)));
    }

    [Test]
    public void The_position_lies_on_the_line_between_data_and_noise()
    {
        var prediction = Predict(new FlowSettings());
        var expected = (1 - prediction.Time.view(-1, 1, 1)) * prediction.Clean + prediction.Time.view(-1, 1, 1) * prediction.Noise;
        Assert.That((prediction.Position - expected).abs().max().ToDouble(), Is.LessThan(1e-6));
    }

    private static List<double> Times(FlowTimes times) => [.. Enumerable.Range(0, 60)
        .SelectMany(step => Predict(new FlowSettings { Times = times }, step).Time.data<float>().ToArray().Select(t => (double)t))];

    private static FlowPrediction Predict(FlowSettings settings, long step = 0)
    {
        var watcher = new Watcher();
        using var random = new StepRandom(1, step, 0, CPU);
        new TeacherObjective((position, _, _) => zeros_like(position), Dimensions, settings, [watcher], CPU).Evaluate(Batch(), random);
        return watcher.Seen!;
    }

    private static TeacherBatch Batch()
    {
        using var random = new StepRandom(2, 0, 0, CPU);
        float[] Drawn(params long[] shape) => random.Normal(shape).data<float>().ToArray();
        return new TeacherBatch("drawn", new FeatureBatch
        {
            Plan = new BatchPlan(0, [.. Enumerable.Repeat(new Crop(0, 0, Frames), Size)]),
            Frames = Frames,
            Mels = Dimensions.Mels,
            ContentDimension = Dimensions.Content,
            LogMel = Drawn(Size, Dimensions.Mels, Frames),
            Content = Drawn(Size, Dimensions.Content, Frames),
            F0 = new float[Size * Frames],
            Mask = [.. Enumerable.Repeat(1f, Size * Frames)],
            SpeakerIndex = new long[Size],
            Lengths = [.. Enumerable.Repeat((long)Frames, Size)],
        }, Drawn(Size, Dimensions.Speaker));
    }

    private static double Distance(FlowPrediction prediction) => (prediction.Clean - prediction.Noise).square().sum().ToDouble();

    private static IEnumerable<float> Sorted(Tensor values) => values.contiguous().data<float>().ToArray().Order();

    private sealed class Watcher : ITeacherLoss
    {
        public FlowPrediction? Seen { get; private set; }

        public LossTerm Evaluate(FlowPrediction prediction)
        {
            Seen = prediction;
            return new LossTerm("nothing", zeros(1));
        }
    }
}
