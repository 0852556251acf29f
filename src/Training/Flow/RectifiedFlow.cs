using static TorchSharp.torch;

namespace Tmrvc.Training;

/// <summary>
/// The straight path from data at t = 0 to noise at t = 1 (Liu et al., 2023): x_t = (1 − t)·x0 + t·ε, velocity v = ε − x0.
/// Tensors are [B, C, T], times [B].
/// </summary>
public static class RectifiedFlow
{
    public static Tensor Position(Tensor clean, Tensor noise, Tensor time)
    {
        var t = PerSample(time);
        return (1 - t) * clean + t * noise;
    }

    public static Tensor Velocity(Tensor clean, Tensor noise) => noise - clean;

    /// <summary>x̂0 = x_t − t·v: what a velocity at x_t says the data are.</summary>
    public static Tensor Clean(Tensor position, Tensor velocity, Tensor time) => position - PerSample(time) * velocity;

    private static Tensor PerSample(Tensor time) => time.view(-1, 1, 1);
}
