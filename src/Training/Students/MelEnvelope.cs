using Tmrvc.Audio;
using static TorchSharp.torch;

namespace Tmrvc.Training;

/// <summary>
/// The smooth log-magnitude spectrum behind a log-mel: each band's mean power at its centre, straight in the logarithm between centres. What
/// a mel cannot tell of a spectrum is the same in all of them, so converter and vocoder need not agree on it in any other way.
/// </summary>
internal sealed class MelEnvelope : IDisposable
{
    private readonly Tensor _interpolation;
    private readonly Tensor _area;

    public MelEnvelope(SignalParameters signal, Device device)
    {
        _interpolation = tensor(Interpolation(signal), [signal.NFreqBins, signal.NMels], device: device).DetachFromDisposeScope();
        var areas = DenseFilterbank.Of(signal).Chunk(signal.NFreqBins).Select(weights => MathF.Log(weights.Sum())).ToArray();
        _area = tensor(areas, [1, signal.NMels, 1], device: device).DetachFromDisposeScope();
    }

    /// <param name="logMel">Natural log of mel power, not normalised, [B, 80, T]</param>
    /// <returns>Natural log of magnitude, [B, 513, T]</returns>
    public Tensor Of(Tensor logMel) => _interpolation.matmul(logMel - _area) / 2;

    public void Dispose()
    {
        _interpolation.Dispose();
        _area.Dispose();
    }

    /// <summary>[513, 80]; every row sums to 1.</summary>
    private static float[] Interpolation(SignalParameters signal)
    {
        var centres = Centres(signal);
        var weights = new float[signal.NFreqBins * signal.NMels];
        for (var bin = 0; bin < signal.NFreqBins; bin++)
        {
            var above = Math.Clamp(Array.FindIndex(centres, centre => centre > bin), 1, centres.Length - 1);
            above = bin >= centres[^1] ? centres.Length - 1 : above;
            var share = (float)Math.Clamp((bin - centres[above - 1]) / (centres[above] - centres[above - 1]), 0, 1);
            weights[bin * signal.NMels + above] = share;
            weights[bin * signal.NMels + above - 1] = 1 - share;
        }
        return weights;
    }

    /// <summary>Of the bands, in bins.</summary>
    private static double[] Centres(SignalParameters signal)
    {
        var lowest = MelFilterbank.HertzToMel(signal.MelFmin);
        var step = (MelFilterbank.HertzToMel(signal.MelFmax) - lowest) / (signal.NMels + 1);
        return [.. Enumerable.Range(1, signal.NMels).Select(band => MelFilterbank.MelToHertz(lowest + band * step) * signal.NFft / signal.SampleRate)];
    }
}
