using Tmrvc.Features;
using Tmrvc.Models;
using TorchSharp;
using static TorchSharp.torch;

namespace Tmrvc.Training.Tests.Processes;

/// <summary>What ranks compute of their rows adds up to what one process computes of the whole.</summary>
public sealed class SharedLossTests
{
    private static readonly long[] Shape = [5, 6, 12];

    private DisposeScope _scope = null!;
    private ITeacherLoss[] _losses = null!;

    [SetUp]
    public void Build()
    {
        _scope = NewDisposeScope();
        var encoder = new SpeakerEncoder(new() { Mels = 6, Embedding = 10, Channels = 16, Scale = 4, Squeeze = 8 }, seed: 2);
        var vocoder = new TeacherVocoder(new() { Mels = 6, Channels = 8, Blocks = 1 }, seed: 3);
        var rooms = new RoomEstimator(new() { Mels = 6, Bands = 2 }, seed: 4);
        _losses =
        [
            new FlowLoss(), new SpeakerLoss(encoder, 0.3, TimeWeighting.Falling), new WaveformLoss(vocoder, 0.5, TimeWeighting.Falling), new RoomLoss(rooms, 0.1),
        ];
    }

    [TearDown]
    public void Release() => _scope.Dispose();

    [Test]
    public void Losses_of_rows_add_up([Range(0, 3)] int loss, [Values(1, 2, 5)] int processes, [Values] bool padded)
    {
        var velocity = Draw(3);
        var whole = _losses[loss].Evaluate(Prediction(velocity, padded)).Value.ToDouble();
        var shares = Enumerable.Range(0, processes).Select(rank => new BatchShare(rank, processes).Of(5)).Select(rows =>
            _losses[loss].Evaluate(Prediction(velocity.narrow(0, rows.First, rows.Count), padded) with { Rows = rows }).Value.ToDouble());
        Assert.That(whole, Is.GreaterThan(0.01));
        Assert.That(shares.Sum(), Is.EqualTo(whole).Within(1e-5 * whole));
    }

    private static FlowPrediction Prediction(Tensor velocity, bool padded)
    {
        var (clean, noise, time) = (Draw(1), Draw(2), tensor(new[] { 0.2f, 0.5f, 0.9f, 0.4f, 0.7f }));
        var mask = ones(5, 1, 12);
        if (padded) mask.narrow(0, 3, 2).narrow(2, 6, 6).zero_();
        return new FlowPrediction(clean, noise, time, RectifiedFlow.Position(clean, noise, time), velocity, padded ? mask : null)
        {
            Told = tensor(new[] { 1f, 1f, 0f, 1f, 1f }),
            Voices = new ExchangedVoices(tensor(new[] { 1f, 0f, 0f, 0f, 1f }), tensor(new long[] { 4, 1, 2, 3, 0 })),
            Recorded = Draw(4),
            Rooms = new RoomTensors(Draw(5), Draw(6).narrow(2, 0, 6).select(1, 0), Known()),
        };
    }

    private static Tensor Known()
    {
        var known = ones(5, 6);
        known.narrow(0, 0, 2).narrow(1, 0, 3).zero_();
        return known;
    }

    private static Tensor Draw(int stream)
    {
        using var random = new StepRandom(1, 1, stream, CPU);
        return random.Normal(Shape);
    }
}
