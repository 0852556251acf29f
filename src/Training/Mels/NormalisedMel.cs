using static TorchSharp.torch;

namespace Tmrvc.Training;

/// <summary>Log-mel as the networks see it, and back; differentiable.</summary>
internal sealed class NormalisedMel : IDisposable
{
    private readonly float _clamp;
    private readonly Tensor _mean;
    private readonly Tensor _deviation;

    public NormalisedMel(MelStatistics statistics, Device device)
    {
        _clamp = statistics.Clamp;
        _mean = tensor(statistics.Mean, [1, statistics.Mean.Length, 1], device: device).DetachFromDisposeScope();
        _deviation = tensor(statistics.Deviation, [1, statistics.Deviation.Length, 1], device: device).DetachFromDisposeScope();
    }

    /// <summary>[B, 80, T] → [B, 80, T]</summary>
    public Tensor Of(Tensor logMel) => (logMel.clamp_min(_clamp) - _mean) / _deviation;

    /// <summary>The inverse of <see cref="Of"/> on what it does not clamp. [B, 80, T] → [B, 80, T]</summary>
    public Tensor Restored(Tensor normalised) => (normalised * _deviation + _mean).clamp_min(_clamp);

    public void Dispose()
    {
        _mean.Dispose();
        _deviation.Dispose();
    }
}
