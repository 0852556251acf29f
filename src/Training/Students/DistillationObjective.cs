using Tmrvc.Audio;
using Tmrvc.Models;
using static TorchSharp.torch;

namespace Tmrvc.Training;

/// <summary>
/// A step of distillation: the source's mel, the target's F0 and voice and the room go in, and the teacher's way there judges what comes out.
/// </summary>
/// <param name="rooms">The student's own ear for them; null for the truth alone.</param>
internal sealed class DistillationObjective(
    DistilledNetworks student, DistillationSettings settings, SignalParameters signal, MelStatistics statistics, Device device, IrEstimator? rooms = null)
    : IDisposable
{
    private readonly StudentSpeech _speech = new(student.ContentEncoder, student.Converter, signal, statistics, device);
    private readonly RoomsTold _rooms = new(rooms, settings.Estimates, device);

    public IReadOnlyList<LossTerm> Of(TrajectoryBatch batch, StepRandom random)
    {
        var ahead = student.training ? StudentSpeech.DrawAhead(settings.Lookahead, random) : new Lookahead(settings.Lookahead[0]);
        var (content, features) = _speech.Convert(batch, ahead, _rooms.Of(batch, random));
        var (frames, mask) = (features.shape[2], batch.Said.Features.MaskOn(device));
        var positions = batch.PositionsOn(device).narrow(3, 0, frames);
        var seen = mask?.narrow(2, ahead.Frames, frames); // what lies ahead is speech, too
        var (squared, cosine) = DistillationLoss.OfContent(student.Reading.call(content), batch.Said.Features.ContentOn(device), mask);
        return
        [
            new("velocity", DistillationLoss.OfVelocity(positions, _speech.MelOf(features), seen)),
            new("content", squared, settings.ContentWeight),
            new("content_cosine", cosine, settings.CosineWeight),
            new("envelope", _speech.OffSpectrum(features, batch, seen), settings.EnvelopeWeight),
        ];
    }

    /// <summary>What the student says in the room of the source, clamped and normalised. [B, 80, T − lookahead]</summary>
    public Tensor Speak(TrajectoryBatch batch, Lookahead ahead) => _speech.MelOf(_speech.Convert(batch, ahead, batch.RoomOn(device)).Features);

    public void Dispose() => _speech.Dispose();
}
