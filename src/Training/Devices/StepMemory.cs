namespace Tmrvc.Training;

/// <summary>Bytes that a step takes: activations grow with the utterances, the rest does not.</summary>
internal sealed record StepMemory(long Fixed, long PerUtterance)
{
    /// <summary>Estimates differ from what is taken, and other processes take some, too.</summary>
    private const double UsableShare = 0.9;

    /// <param name="measured">Utterances of each of two trials and what it took beyond what was held before them; the second larger.</param>
    public static StepMemory From((int Utterances, long Bytes) first, (int Utterances, long Bytes) second)
    {
        var each = Math.Max(0, (second.Bytes - first.Bytes) / (second.Utterances - first.Utterances));
        return new StepMemory(Math.Max(0, first.Bytes - each * first.Utterances), each);
    }

    public long Of(int utterances) => Fixed + PerUtterance * utterances;

    public bool Fits(int utterances, long free) => Of(utterances) <= UsableShare * free;

    /// <summary>The largest micro-batch that fits and divides the utterances of an update.</summary>
    /// <returns>Null when not even one utterance fits.</returns>
    public (int BatchSize, int Accumulation)? Advice(int batchSize, int accumulation, long free)
    {
        var all = batchSize * accumulation;
        var fitting = Enumerable.Range(1, batchSize).Reverse().Where(size => all % size == 0).FirstOrDefault(size => Fits(size, free));
        return fitting == 0 ? null : (fitting, all / fitting);
    }
}
