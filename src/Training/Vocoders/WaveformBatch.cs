using static TorchSharp.torch;

namespace Tmrvc.Training;

/// <summary>Stretches of recordings, all of one length.</summary>
/// <param name="Samples">[B, N], ±1.</param>
public sealed record WaveformBatch(string Name, float[] Samples, int Size) : ITrainingBatch
{
    /// <summary>[B, T] Hz, 0 where unvoiced; null where nobody asked for it.</summary>
    public float[]? F0 { get; init; }

    public Tensor On(Device device) => tensor(Samples, [Size, Samples.Length / Size], device: device);

    /// <summary>log(F0 in Hz + 1), [B, 1, T]</summary>
    /// <exception cref="InvalidOperationException">F0 was not tracked.</exception>
    public Tensor LogF0On(Device device) => F0 is { } hertz
        ? (tensor(hertz, [Size, 1, hertz.Length / Size], device: device) + 1).log()
        : throw new InvalidOperationException($"Batch {Name}: has no F0; track it while reading.");
}
