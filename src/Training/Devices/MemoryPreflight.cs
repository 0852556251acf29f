using System.Globalization;

namespace Tmrvc.Training;

/// <summary>Tries a phase's step on a few utterances, and tells whether the whole one will fit.</summary>
internal sealed class MemoryPreflight<TBatch>(Phase<TBatch> phase, IDeviceMemory memory, TimeProvider clock) where TBatch : ITrainingBatch
{
    /// <param name="step">Takes a step without an update.</param>
    /// <returns>What was found, for people.</returns>
    /// <exception cref="MemoryShortageException"/>
    public string Require(StepTrial<TBatch> trial, Action<TBatch> step)
    {
        var (before, free) = (memory.Used, memory.Free);
        var few = trial.BatchSize < 4 ? 1 : 2;
        var first = Tried(few, fitting: 0, trial, free, step);
        var more = More(trial.BatchSize, few, first - before, free);
        var started = clock.GetTimestamp();
        long? second;
        try
        {
            second = Tried(more, fitting: few, trial, free, step);
        }
        catch (MemoryShortageException) when (more > trial.BatchSize)
        {
            return $"a step of {few} fits, one of {more} does not";
        }
        var seconds = clock.GetElapsedTime(started).TotalSeconds;
        var timed = string.Create(CultureInfo.InvariantCulture, $"a step of {more} utterances takes {seconds:G2} s");
        if (first is not { } little || second is not { } much) return timed;
        var needed = StepMemory.From((few, little - before), (more, much - before));
        if (!needed.Fits(trial.BatchSize, free))
            throw new MemoryShortageException(phase.Name, needed, trial.BatchSize, phase.Accumulation, free);
        return $"{timed}, one of {trial.BatchSize} needs about {DeviceDescription.Gibibytes(needed.Of(trial.BatchSize))}";
    }

    private long? Tried(int utterances, int fitting, StepTrial<TBatch> trial, long free, Action<TBatch> step)
    {
        var batch = trial.Batch(utterances);
        try
        {
            return memory.HighWater(() => step(batch));
        }
        catch (Exception cause) when (IsShortage(cause))
        {
            throw new MemoryShortageException(phase.Name, utterances, fitting, trial.BatchSize * phase.Accumulation, free, cause);
        }
    }

    /// <summary>As libtorch says it of a GPU, and of the CPU.</summary>
    private static bool IsShortage(Exception cause) => cause is OutOfMemoryException ||
        cause.Message.Contains("out of memory", StringComparison.OrdinalIgnoreCase) || cause.Message.Contains("can't allocate memory", StringComparison.Ordinal);

    /// <summary>A quarter of the batch tells more than four utterances do, where it is sure to fit.</summary>
    private static int More(int batchSize, int few, long? takenByFew, long free)
    {
        var quarter = batchSize / 4;
        return quarter > 2 * few && takenByFew is { } bytes && StepMemory.From((0, 0), (few, bytes)).Fits(quarter, free) ? quarter : 2 * few;
    }
}
