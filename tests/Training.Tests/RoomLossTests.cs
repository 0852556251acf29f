using Tmrvc.Audio;
using Tmrvc.Contract;
using Tmrvc.Models;
using TorchSharp;
using static TorchSharp.torch;

namespace Tmrvc.Training.Tests;

public sealed class RoomLossTests
{
    private const int Mels = 6;
    private const int Bands = 2;

    private DisposeScope _scope = null!;
    private RoomEstimator _estimator = null!;
    private RoomLoss _loss = null!;

    [SetUp]
    public void Build()
    {
        _scope = NewDisposeScope();
        _estimator = new RoomEstimator(new() { Mels = Mels, Bands = Bands, Channels = 8, Dilations = [1, 2] }, seed: 4);
        _estimator.to(ScalarType.Float64);
        _loss = new RoomLoss(_estimator, 0.1);
    }

    [TearDown]
    public void Release()
    {
        _estimator.Dispose();
        _scope.Dispose();
    }

    [Test]
    public void It_is_the_mean_square_over_what_is_known_of_speech_as_heard_and_as_generated()
    {
        var (velocity, rooms) = (Draw(3), Rooms([1, 1, 1, 0, 1, 1, 1, 1, 1, 1, 1, 0]));
        var prediction = Prediction(velocity, rooms);
        var expected = new[] { rooms.Heard, prediction.EstimatedClean() }.Average(mel =>
        {
            var (estimated, wanted, known) = (_estimator.call(mel, null).data<double>().ToArray(), rooms.Parameters.data<double>().ToArray(), rooms.Known.data<double>().ToArray());
            return Enumerable.Range(0, 12).Where(i => known[i] == 1).Average(i => Math.Pow(estimated[i] - wanted[i], 2));
        });
        var term = _loss.Evaluate(prediction);
        Assert.That((term.Value.ToDouble(), term.Weight, term.Name), Is.EqualTo((expected, 0.1, "ir")).Using<double>((a, b) => Math.Abs(a - b) < 1e-9));
    }

    [Test]
    public void What_is_not_known_has_no_influence()
    {
        float[] known = [1, 0, 1, 0, 1, 0, 1, 0, 1, 0, 1, 0];
        var rooms = Rooms(known);
        var wrong = rooms with { Parameters = rooms.Parameters + (1 - rooms.Known) * 9 };
        Assert.That(Value(Draw(3), wrong), Is.EqualTo(Value(Draw(3), rooms)).Within(1e-12));
    }

    [Test]
    public void Its_gradient_reaches_the_teacher_and_the_estimator_and_agrees_with_finite_differences()
    {
        var rooms = Rooms([.. Enumerable.Repeat(1f, 12)]);
        var velocity = Draw(3).requires_grad_();
        _loss.Evaluate(Prediction(velocity, rooms)).Value.backward();
        var slope = velocity.grad!.norm().ToDouble();
        var direction = velocity.grad! / slope;
        const double step = 1e-5;
        var numeric = (Value(velocity.detach() + step * direction, rooms) - Value(velocity.detach() - step * direction, rooms)) / (2 * step);
        Assert.That(slope, Is.GreaterThan(1e-5));
        Assert.That(numeric, Is.EqualTo(slope).Within(1e-3 * slope));
        Assert.That(_estimator.parameters().Select(parameter => parameter.grad!.norm().ToDouble()), Is.All.GreaterThan(0));
    }

    [Test]
    public void The_estimator_learns_nothing_from_what_the_teacher_makes()
    {
        var rooms = Rooms([.. Enumerable.Repeat(1f, 12)]);
        var velocity = Draw(3).requires_grad_();
        _loss.OfGenerated(Prediction(velocity, rooms), rooms).backward();
        Assert.That(velocity.grad!.norm().ToDouble(), Is.GreaterThan(1e-5), "the teacher learns from it");
        Assert.That(_estimator.parameters().Where(parameter => parameter.grad is not null), Is.Empty);
        Assert.That(_estimator.parameters().Select(parameter => parameter.requires_grad), Is.All.True, "and it learns on from recordings");
    }

    [Test]
    public void A_batch_that_was_not_augmented_is_refused() => Assert.That(
        () => _loss.Evaluate(Prediction(Draw(3), Rooms(new float[12])) with { Rooms = null }), Throws.ArgumentException.With.Message.Contains("augment the phase"));

    [Test]
    public void Padding_does_not_change_the_room_that_is_heard()
    {
        var (mel, mask) = (Draw(1), cat([ones(2, 1, 9, dtype: ScalarType.Float64), zeros(2, 1, 3, dtype: ScalarType.Float64)], 2));
        var padded = _estimator.call(mel, mask);
        var cut = _estimator.call(mel.narrow(2, 0, 9), null);
        Assert.That((padded - cut).abs().max().ToDouble(), Is.LessThan(1e-9));
    }

    [Test]
    public void The_direct_sound_alone_is_zeros_and_the_ends_of_the_ranges_are_ones()
    {
        var dry = ImpulseResponseParameters.Dry(Bands);
        Assert.That(RoomScale.Scaled(dry.Values, dry.Mask), Is.All.Zero.Within(1e-6));
        Assert.That(RoomScale.Scaled([3, 3, -10, -10, 6, -6], [1, 1]), Is.EqualTo(new[] { 1, 1, 1, 1, 1, -1f }).Within(1e-6));
        Assert.That(RoomScale.Scaled([3, 3, -10, -10, 6, -6], [0, 1]), Is.EqualTo(new[] { 0, 1, 0, 1, 0, -1f }).Within(1e-6), "nothing is known of the first band");
        Assert.That(RoomScale.Rt60(RoomScale.Scaled([0.5f, 0.5f, 0, 0, 0, 0], [1, 1])[0]), Is.EqualTo(0.5).Within(1e-6));
    }

    private double Value(Tensor velocity, RoomTensors rooms) => _loss.Evaluate(Prediction(velocity, rooms)).Value.ToDouble();

    private static FlowPrediction Prediction(Tensor velocity, RoomTensors rooms)
    {
        var (clean, noise, time) = (Draw(1), Draw(2), tensor(new[] { 0.3f, 0.8f }, [2]).to(ScalarType.Float64));
        return new FlowPrediction(clean, noise, time, RectifiedFlow.Position(clean, noise, time), velocity, null) { Rooms = rooms };
    }

    private static RoomTensors Rooms(float[] known) => new(
        Draw(7), tensor(Enumerable.Range(0, 12).Select(i => 0.08f * i).ToArray(), [2, 6]).to(ScalarType.Float64), tensor(known, [2, 6]).to(ScalarType.Float64));

    private static Tensor Draw(ulong seed)
    {
        using var generator = new Generator(seed);
        return randn([2, Mels, 12], generator: generator).to(ScalarType.Float64);
    }
}
