using Tmrvc.Audio;

namespace Tmrvc.Training;

/// <summary>The mel filterbank as a matrix.</summary>
internal static class DenseFilterbank
{
    /// <returns>[80, 513], row-major.</returns>
    public static float[] Of(SignalParameters signal)
    {
        var filters = new MelFilterbank(signal);
        var weights = new float[signal.NMels * signal.NFreqBins];
        for (var band = 0; band < signal.NMels; band++)
            filters.Weights(band, out var first).CopyTo(weights.AsSpan(band * signal.NFreqBins + first));
        return weights;
    }
}
