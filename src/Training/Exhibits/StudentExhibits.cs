using Tmrvc.Audio;
using Tmrvc.Models;
using static TorchSharp.torch;

namespace Tmrvc.Training;

/// <summary>
/// What a student says of the first validation utterances, heard through Griffin-Lim; before the first step also the source and what the
/// teacher said.
/// </summary>
internal sealed class StudentExhibits(
    Func<TrajectoryBatch, Lookahead, Tensor> speak, IReadOnlyList<TrajectoryBatch> validation, MelStatistics statistics, SignalParameters signal)
{
    private const int Shown = 4;

    private readonly GriffinLim _vocoder = new(signal);

    public IEnumerable<Exhibit> Of(long step)
    {
        if (validation.Count == 0) return [];
        using var scope = NewDisposeScope();
        var (batch, features) = (validation[0], validation[0].Said.Features);
        var said = speak(batch, Lookahead.None).cpu().contiguous().data<float>().ToArray();
        return [.. Enumerable.Range(0, Math.Min(Shown, features.Size)).SelectMany(n => (Exhibit[])
        [
            .. step == 0 ? Heard(features.TakeRows(features.LogMel, n), n, "source") : [],
            .. step == 0 ? Heard(Speech(features.TakeRows(batch.Positions, n)), n, "teacher") : [],
            .. Heard(features.TakeRows(said, n), n, "student"),
        ])];

        float[] Speech(float[] positions) => positions[^(positions.Length / (batch.Positions.Length / features.LogMel.Length))..];
    }

    private Exhibit[] Heard(float[] logMel, int utterance, string what)
    {
        statistics.Restore(logMel);
        var name = $"utterance{utterance}/{what}";
        return [new Exhibit.Mel(name, logMel, signal.NMels), new Exhibit.Sound(name, _vocoder.Reconstruct(logMel))];
    }
}
