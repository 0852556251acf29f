using Tmrvc.Models;
using static TorchSharp.torch;

namespace Tmrvc.Training;

/// <summary>
/// Which room a converter is told: the one that the source was heard in, or one of the estimates that a stream would bring of it, which are
/// of a tenth of a second each.
/// </summary>
/// <param name="estimator">The student's own, which learns nothing here; null for the truth alone.</param>
/// <param name="estimates">Probability of an estimate.</param>
internal sealed class RoomsTold(IrEstimator? estimator, double estimates, Device device)
{
    /// <returns>[B, 24]</returns>
    public Tensor Of(TrajectoryBatch batch, StepRandom random)
    {
        var truth = batch.RoomOn(device);
        if (estimator is null || estimates == 0) return truth;
        var whole = (int)(batch.Said.Features.Frames / estimator.Architecture.RoomFrames);
        if (whole == 0) return truth;
        using var _ = no_grad();
        var mel = batch.Said.Features.LogMelOn(device).narrow(2, 0, whole * estimator.Architecture.RoomFrames);
        var heard = estimator.forward(mel).Output; // [B, 24, N]
        var chosen = tensor(Chosen(batch.Said.Features.Lengths, whole, random), [truth.shape[0], 1, whole], device: device);
        return truth * (1 - chosen.sum([2L])) + (heard * chosen).sum([2L]);
    }

    /// <summary>[B, 1, N]: 1 at the estimate that is told, 0 everywhere where the truth is.</summary>
    private float[] Chosen(long[] lengths, int whole, StepRandom random)
    {
        var (whether, which) = (random.Fractions(lengths.Length), random.Fractions(lengths.Length));
        var chosen = new float[lengths.Length * whole];
        for (var b = 0; b < lengths.Length; b++)
        {
            var ofSpeech = (int)lengths[b] / estimator!.Architecture.RoomFrames;
            if (whether[b] < estimates && ofSpeech > 0) chosen[b * whole + (int)(which[b] * (double)ofSpeech)] = 1;
        }
        return chosen;
    }
}
