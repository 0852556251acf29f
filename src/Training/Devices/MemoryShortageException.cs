namespace Tmrvc.Training;

/// <summary>Thrown before a training that its device has not the memory for.</summary>
public sealed class MemoryShortageException : Exception
{
    internal MemoryShortageException(string phase, StepMemory step, int batchSize, int accumulation, long free) : base(
        $"{phase}: a step of {batchSize} utterances needs about {DeviceDescription.Gibibytes(step.Of(batchSize))}, " +
        $"{DeviceDescription.Gibibytes(free)} are free. {Words(step.Advice(batchSize, accumulation, free), batchSize * accumulation)}")
    {
    }

    /// <param name="tried">Utterances of a step that ran out of memory.</param>
    /// <param name="fitting">Utterances of one that did not; 0 for none.</param>
    internal MemoryShortageException(string phase, int tried, int fitting, int utterances, long free, Exception cause) : base(
        $"{phase}: a step of {tried} utterances ran out of memory ({cause.Message}), of which {DeviceDescription.Gibibytes(free)} were free. " +
        Words(fitting == 0 ? null : utterances % fitting == 0 ? (fitting, utterances / fitting) : (1, utterances), utterances), cause)
    {
    }

    private static string Words((int BatchSize, int Accumulation)? advice, int all) => advice is var (size, times)
        ? $"Set batch_size to {size} and accumulation to {times}: an update is over the same {all} utterances then."
        : "Not even one utterance fits: lower frames, or take a smaller network.";
}
