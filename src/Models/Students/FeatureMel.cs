using TorchSharp;
using static TorchSharp.torch;

namespace Tmrvc.Models;

/// <summary>The log-mel of a log-magnitude spectrum, exact and differentiable: the mel filterbank on its power.</summary>
public sealed class FeatureMel : IDisposable
{
    private readonly Tensor _filterbank;
    private readonly double _floor;

    /// <param name="filterbank">[80 · 513], band by band, each bin's weight.</param>
    /// <param name="floor">Power below which the logarithm is not taken.</param>
    public FeatureMel(float[] filterbank, int bands, double floor, Device device)
    {
        _filterbank = tensor(filterbank, [bands, filterbank.Length / bands], device: device).DetachFromDisposeScope();
        _floor = floor;
    }

    /// <param name="features">Natural log of magnitude, [B, 513, T]</param>
    /// <returns>Natural log of mel power, not normalised, [B, 80, T]</returns>
    public Tensor Of(Tensor features)
    {
        var power = (features.clamp_max(StudentVocoder.LargestLogMagnitude) * 2).exp();
        return _filterbank.matmul(power).clamp_min(_floor).log();
    }

    public void Dispose() => _filterbank.Dispose();
}
