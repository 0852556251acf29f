using Tmrvc.Models;
using static TorchSharp.torch;

namespace Tmrvc.Training;

/// <summary>A teacher's forward: position [B, 80, T], time [B] → velocity [B, 80, T].</summary>
public delegate Tensor ConditionalField(Tensor position, Tensor time, TeacherConditions conditions);

/// <summary>Draws noise, times and dropped conditions for a batch, asks the teacher for the velocity, and sums the phase's losses.</summary>
public sealed class TeacherObjective(
    ConditionalField teacher, TeacherDimensions dimensions, FlowSettings settings, IReadOnlyList<ITeacherLoss> losses, Device device)
{
    private readonly ConditionDropout _dropout = new(settings);

    public IReadOnlyList<LossTerm> Evaluate(TeacherBatch batch, StepRandom random)
    {
        var prediction = Predict(batch, random);
        return [.. losses.Select(loss => loss.Evaluate(prediction))];
    }

    private FlowPrediction Predict(TeacherBatch batch, StepRandom random)
    {
        var clean = batch.Features.LogMelOn(device);
        var exchange = VoiceExchange.Draw(settings.CrossSpeaker, batch.Features.SpeakerIndex, random);
        var (conditions, told) = _dropout.Apply((exchange?.Apply(batch) ?? batch).Conditions(dimensions, device), random);
        var noise = batch.NoiseOn(device) ?? Noise(clean, conditions.Mask, random);
        var time = Times(clean.shape[0], random);
        var position = RectifiedFlow.Position(clean, noise, time);
        var velocity = teacher(batch.Own.Of(position), batch.Own.Of(time), batch.Own.Of(conditions));
        return new FlowPrediction(clean, noise, time, position, velocity, conditions.Mask)
        {
            Rows = batch.Own,
            Told = told,
            Voices = exchange is null ? null : Heeded(exchange.On(device), told),
            Recorded = exchange is null ? null : batch.RecordedOn(device),
            Rooms = batch.Rooms?.On(batch.Features, device),
        };
    }

    /// <summary>Where nobody is told whose voice is wanted, nothing is exchanged: what was recorded is as good an answer as any.</summary>
    private static ExchangedVoices Heeded(ExchangedVoices voices, Tensor told) => voices with { Exchanged = voices.Exchanged * told };

    private Tensor Noise(Tensor clean, Tensor? mask, StepRandom random)
    {
        var noise = random.Normal(clean.shape);
        return settings.OptimalTransport ? MinibatchTransport.Pair(clean, noise, mask) : noise;
    }

    private Tensor Times(long size, StepRandom random) => settings.Times switch
    {
        FlowTimes.LogitNormal => random.Normal(size).sigmoid(),
        _ => random.Uniform(size),
    };
}
