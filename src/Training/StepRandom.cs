using static TorchSharp.torch;

namespace Tmrvc.Training;

/// <summary>
/// The randomness of one micro-batch: a pure function of (seed, step, stream), so that a resumed run needs no generator state.
/// Drawn on the CPU whatever the device, so that every device sees the same noise.
/// </summary>
public sealed class StepRandom(long seed, long step, int stream, Device device) : IDisposable
{
    private readonly Generator _generator = new(Mix(seed, step, stream));

    /// <summary>Steps done before this one.</summary>
    public long Step => step;

    /// <summary>Independent N(0, 1).</summary>
    public Tensor Normal(params long[] shape) => randn(shape, generator: _generator).to(device);

    /// <summary>Independent U[0, 1).</summary>
    public Tensor Uniform(params long[] shape) => rand(shape, generator: _generator).to(device);

    /// <summary>Independent U[0, 1), on the CPU.</summary>
    public float[] Fractions(int count)
    {
        using var drawn = rand([count], generator: _generator);
        return drawn.data<float>().ToArray();
    }

    public void Dispose() => _generator.Dispose();

    /// <summary>SplitMix64 over the three numbers, folded to the 32 bits that torch's CPU generator takes.</summary>
    internal static ulong Mix(long seed, long step, int stream)
    {
        var state = Scramble(Scramble(Scramble((ulong)seed) ^ (ulong)step) ^ (ulong)stream);
        return (state ^ (state >> 32)) & uint.MaxValue;
    }

    private static ulong Scramble(ulong value)
    {
        value += 0x9E3779B97F4A7C15;
        value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9;
        value = (value ^ (value >> 27)) * 0x94D049BB133111EB;
        return value ^ (value >> 31);
    }
}
