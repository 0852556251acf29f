using Tmrvc.Models;
using TorchSharp;
using static TorchSharp.torch;

namespace Tmrvc.Training.Tests;

public sealed class TeacherLossTests
{
    private static readonly long[] Shape = [3, 6, 12];

    private DisposeScope _scope = null!;
    private SpeakerLoss _speaker = null!;
    private WaveformLoss _waveform = null!;
    private SpeakerEncoder _encoder = null!;
    private TeacherVocoder _vocoder = null!;

    [SetUp]
    public void Build()
    {
        _scope = NewDisposeScope();
        _encoder = new SpeakerEncoder(new() { Mels = 6, Embedding = 10, Channels = 16, Scale = 4, Squeeze = 8 }, seed: 2);
        _vocoder = new TeacherVocoder(new() { Mels = 6, Channels = 8, Blocks = 1 }, seed: 3);
        (_speaker, _waveform) = (new SpeakerLoss(_encoder, 0.3), new WaveformLoss(_vocoder, 0.5));
    }

    [TearDown]
    public void Release()
    {
        _encoder.Dispose();
        _vocoder.Dispose();
        _scope.Dispose();
    }

    [Test]
    public void Their_gradients_reach_the_teacher_and_agree_with_finite_differences([Values("speaker", "stft")] string which)
    {
        ITeacherLoss loss = which == "speaker" ? _speaker : _waveform;
        _encoder.to(ScalarType.Float64);
        _vocoder.to(ScalarType.Float64);
        var velocity = Draw(3).to(ScalarType.Float64).requires_grad_();
        loss.Evaluate(Prediction(velocity)).Value.backward();
        var direction = velocity.grad! / velocity.grad!.norm();
        const double step = 1e-5;
        var numeric = (Value(velocity.detach() + step * direction) - Value(velocity.detach() - step * direction)) / (2 * step);
        var slope = velocity.grad!.norm().ToDouble();
        Assert.That(slope, Is.GreaterThan(1e-4));
        Assert.That(numeric, Is.EqualTo(slope).Within(1e-3 * slope));

        double Value(Tensor at) => loss.Evaluate(Prediction(at)).Value.ToDouble();
    }

    [Test]
    public void The_true_velocity_costs_nothing()
    {
        var prediction = Prediction(RectifiedFlow.Velocity(Draw(1), Draw(2)));
        Assert.That(_speaker.Evaluate(prediction).Value.ToDouble(), Is.Zero.Within(1e-6));
        Assert.That(_waveform.Evaluate(prediction).Value.ToDouble(), Is.Zero.Within(1e-3));
    }

    [Test]
    public void No_gradient_reaches_the_frozen_networks()
    {
        var velocity = Draw(3).requires_grad_();
        (_speaker.Evaluate(Prediction(velocity)).Value + _waveform.Evaluate(Prediction(velocity)).Value).backward();
        Assert.That(_encoder.parameters().Concat(_vocoder.parameters()).Where(parameter => parameter.grad is not null), Is.Empty);
    }

    [Test]
    public void An_exchanged_voice_is_judged_by_the_voice_that_was_asked_for_and_by_nothing_else()
    {
        var exchanged = tensor(new[] { 1f, 0f, 0f });
        var voices = new ExchangedVoices(exchanged, tensor(new long[] { 2, 1, 2 }));
        var clean = Draw(1);
        // The first utterance comes out as the third: right for the voice, wrong for what was recorded.
        var asked = RectifiedFlow.Velocity(clean.index_select(0, voices.Voice), Draw(2));
        var position = RectifiedFlow.Position(clean.index_select(0, voices.Voice), Draw(2), Time());
        var prediction = new FlowPrediction(clean, Draw(2), Time(), position, asked, null) { Voices = voices };
        Assert.That(_speaker.Evaluate(prediction).Value.ToDouble(), Is.Zero.Within(1e-6));
        Assert.That(_speaker.Evaluate(prediction with { Voices = null }).Value.ToDouble(), Is.GreaterThan(0.01));
        Assert.That(_waveform.Evaluate(prediction).Value.ToDouble(), Is.Zero.Within(1e-3));
        Assert.That(new FlowLoss().Evaluate(prediction with { Noise = Draw(2) }).Value.ToDouble(), Is.Zero.Within(1e-6));
    }

    [Test]
    public void Where_every_voice_is_exchanged_the_reconstruction_losses_are_zero_and_not_undefined()
    {
        var voices = new ExchangedVoices(ones(3), tensor(new long[] { 1, 2, 0 }));
        var prediction = Prediction(Draw(3)) with { Voices = voices };
        Assert.That(new FlowLoss().Evaluate(prediction).Value.ToDouble(), Is.Zero);
        Assert.That(_waveform.Evaluate(prediction).Value.ToDouble(), Is.Zero);
    }

    [Test]
    public void An_exchanged_voice_in_a_room_is_judged_by_its_recording_without_the_room()
    {
        var voices = new ExchangedVoices(tensor(new[] { 1f, 0f, 0f }), tensor(new long[] { 2, 1, 2 }));
        var (inRooms, dry, noise) = (Draw(1), Draw(4), Draw(2));
        // The first utterance comes out as the third was recorded, the others as they are in their rooms.
        var asked = cat([dry.narrow(0, 2, 1), inRooms.narrow(0, 1, 2)], 0);
        var prediction = new FlowPrediction(
            inRooms, noise, Time(), RectifiedFlow.Position(asked, noise, Time()), RectifiedFlow.Velocity(asked, noise), null) { Voices = voices, Recorded = dry };
        Assert.That(_speaker.Evaluate(prediction).Value.ToDouble(), Is.Zero.Within(1e-6));
        Assert.That(_speaker.Evaluate(prediction with { Recorded = null }).Value.ToDouble(), Is.GreaterThan(0.01));
    }

    [Test]
    public void An_utterance_whose_speaker_was_not_told_is_not_judged_by_its_voice()
    {
        var prediction = Prediction(Draw(3));
        var each = Enumerable.Range(0, 3).Select(told => Cost(told, told)).ToList();
        Assert.That(Cost(0, 1), Is.EqualTo((each[0] + each[1]) / 2).Within(1e-6));
        Assert.That(_speaker.Evaluate(prediction with { Told = zeros(3) }).Value.ToDouble(), Is.Zero);

        double Cost(params int[] told) => _speaker.Evaluate(
            prediction with { Told = tensor(Enumerable.Range(0, 3).Select(b => told.Contains(b) ? 1f : 0f).ToArray()) }).Value.ToDouble();
    }

    [Test]
    public void Falling_with_time_an_utterance_near_noise_counts_least([Values("speaker", "stft")] string which)
    {
        ITeacherLoss Loss(TimeWeighting byTime) => which == "speaker" ? new SpeakerLoss(_encoder, 1, byTime) : new WaveformLoss(_vocoder, 1, byTime);
        var prediction = Prediction(Draw(3));
        var costs = Enumerable.Range(0, 3).Select(b => Loss(TimeWeighting.Even).Evaluate(Only(prediction, b)).Value.ToDouble()).ToArray();
        Assert.That(Loss(TimeWeighting.Falling).Evaluate(prediction).Value.ToDouble(),
            Is.EqualTo(2 * (0.8 * costs[0] + 0.5 * costs[1] + 0.1 * costs[2]) / 3).Within(1e-5));
        Assert.That(Loss(TimeWeighting.Even).Evaluate(prediction).Value.ToDouble(), Is.EqualTo(costs.Average()).Within(1e-5));
    }

    [Test]
    public void Micro_batches_of_one_come_to_what_their_batch_does([Values("speaker", "stft")] string which, [Values] TimeWeighting byTime)
    {
        ITeacherLoss loss = which == "speaker" ? new SpeakerLoss(_encoder, 1, byTime) : new WaveformLoss(_vocoder, 1, byTime);
        var prediction = Prediction(Draw(3));
        var costs = Enumerable.Range(0, 3).Select(b => loss.Evaluate(Only(prediction, b)).Value.ToDouble()).ToArray();
        Assert.That(costs.Average(), Is.EqualTo(loss.Evaluate(prediction).Value.ToDouble()).Within(1e-5));
    }

    private static FlowPrediction Only(FlowPrediction all, int b) => new(
        all.Clean.narrow(0, b, 1), all.Noise.narrow(0, b, 1), all.Time.narrow(0, b, 1), all.Position.narrow(0, b, 1), all.Velocity.narrow(0, b, 1), null);

    private static FlowPrediction Prediction(Tensor velocity)
    {
        var (clean, noise) = (Draw(1).to(velocity.dtype), Draw(2).to(velocity.dtype));
        return new FlowPrediction(clean, noise, Time(), RectifiedFlow.Position(clean, noise, Time()), velocity, null);
    }

    private static Tensor Time() => tensor(new[] { 0.2f, 0.5f, 0.9f });

    private static Tensor Draw(int stream)
    {
        using var random = new StepRandom(1, 1, stream, CPU);
        return random.Normal(Shape);
    }
}
