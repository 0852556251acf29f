using Tmrvc.Features;

namespace Tmrvc.Training;

/// <summary>
/// Which part of each update's micro-batches a process computes: whole ones where they can be shared out evenly, else its rows of each.
/// </summary>
/// <param name="accumulation">Micro-batches of an update, of all processes together.</param>
internal sealed class Division(BatchShare share, int accumulation)
{
    private readonly bool _takesWholeOnes = accumulation % share.Size == 0;

    /// <summary>Micro-batches of an update that this process computes, or rows of.</summary>
    public int Count => _takesWholeOnes ? accumulation / share.Size : accumulation;

    /// <summary>Place of the first of them in the update.</summary>
    public int First => _takesWholeOnes ? Count * share.Rank : 0;

    /// <summary>Those of the phase's micro-batches from a beginning, a whole number of updates, to an end.</summary>
    public IEnumerable<long> Indices(long begin, long end)
    {
        for (var update = begin; update < end; update += accumulation)
            for (var own = 0; own < Count; own++)
                yield return update + First + own;
    }

    /// <summary>A micro-batch, or this process's rows of it.</summary>
    public TBatch Batch<TBatch>(Phase<TBatch> phase, long index) where TBatch : ITrainingBatch =>
        _takesWholeOnes ? phase.Batches(index) : phase.Shares!(index, share);

    /// <summary>Of a step's utterances, what fits into this process's memory at a time.</summary>
    public int Rows(int batchSize) => _takesWholeOnes ? batchSize : (batchSize + share.Size - 1) / share.Size;

    /// <summary>Why a phase cannot be trained by so many processes; null when it can.</summary>
    /// <param name="sharesRows">Whether its micro-batches can be taken apart.</param>
    public static string? Obstacle(int processes, int batchSize, int accumulation, bool sharesRows) =>
        accumulation % processes == 0 || (sharesRows && batchSize >= processes) ? null
        : sharesRows ? $"{processes} processes cannot share batches of {batchSize}"
        : $"its batches are not taken apart, and {processes} processes cannot take equal parts of {accumulation} micro-batches (accumulation)";
}
