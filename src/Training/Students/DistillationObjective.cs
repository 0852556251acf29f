using Tmrvc.Audio;
using Tmrvc.Models;
using static TorchSharp.torch;

namespace Tmrvc.Training;

/// <summary>A step of distillation: the source's mel and the target's F0 and voice go in, and the teacher's way there judges what comes out.</summary>
internal sealed class DistillationObjective : IDisposable
{
    private readonly DistilledNetworks _student;
    private readonly DistillationSettings _settings;
    private readonly Device _device;
    private readonly FeatureMel _mel;
    private readonly NormalisedMel _normalised;
    private readonly MelEnvelope _envelope;

    public DistillationObjective(
        DistilledNetworks student, DistillationSettings settings, SignalParameters signal, MelStatistics statistics, Device device)
    {
        (_student, _settings, _device) = (student, settings, device);
        _mel = new FeatureMel(DenseFilterbank.Of(signal), signal.NMels, signal.LogFloor, device);
        _normalised = new NormalisedMel(statistics, device);
        _envelope = new MelEnvelope(signal, device);
    }

    public IReadOnlyList<LossTerm> Of(TrajectoryBatch batch, StepRandom random)
    {
        var ahead = new Lookahead(_student.training ? Drawn(random) : _settings.Lookahead[0]);
        var (content, features) = Convert(batch, ahead);
        var (frames, mask) = (features.shape[2], batch.Said.Features.MaskOn(_device));
        var positions = batch.PositionsOn(_device).narrow(3, 0, frames);
        var seen = mask?.narrow(2, ahead.Frames, frames); // what lies ahead is speech, too
        var (squared, cosine) = DistillationLoss.OfContent(_student.Reading.call(content), batch.Said.Features.ContentOn(_device), mask);
        return
        [
            new("velocity", DistillationLoss.OfVelocity(positions, MelOf(features), seen)),
            new("content", squared, _settings.ContentWeight),
            new("content_cosine", cosine, _settings.CosineWeight),
            new("envelope", OfEnvelope(features, positions, seen), _settings.EnvelopeWeight),
        ];
    }

    /// <summary>What the student says, clamped and normalised. [B, 80, T − lookahead]</summary>
    public Tensor Speak(TrajectoryBatch batch, Lookahead ahead) => MelOf(Convert(batch, ahead).Features);

    public void Dispose()
    {
        _mel.Dispose();
        _normalised.Dispose();
        _envelope.Dispose();
    }

    private int Drawn(StepRandom random) => _settings.Lookahead[(int)(random.Fractions(1)[0] * _settings.Lookahead.Count)];

    private (Tensor Content, Tensor Features) Convert(TrajectoryBatch batch, Lookahead ahead)
    {
        var speaker = batch.SpeakerOn(_device);
        var room = zeros([speaker.shape[0], _student.Converter.Architecture.IrParameters], device: _device);
        var content = _student.ContentEncoder.forward(batch.Said.Features.LogMelOn(_device), batch.LogF0On(_device)).Output;
        return (content, _student.Converter.forward(content, new ConverterConditions(speaker, room), lookahead: ahead).Output);
    }

    private Tensor MelOf(Tensor features) => _normalised.Of(_mel.Of(features));

    private Tensor OfEnvelope(Tensor features, Tensor positions, Tensor? mask)
    {
        var smooth = _envelope.Of(_normalised.Restored(positions.select(1, positions.shape[1] - 1)));
        return DistillationLoss.MeanInside((features - smooth).abs().mean([1L], keepdim: true), mask);
    }
}
