using static TorchSharp.torch;

namespace Tmrvc.Training;

/// <summary>
/// Multi-resolution spectral loss between waveforms (Parallel WaveGAN, Yamamoto et al., 2020): spectral convergence and L1 of
/// log-magnitudes, each the mean over the resolutions and the utterances.
/// </summary>
public sealed class SpectralLoss(IReadOnlyList<StftResolution> resolutions)
{
    private const double SmallestNorm = 1e-6;

    private readonly MagnitudeSpectrum[] _spectra = [.. resolutions.Select(resolution => new MagnitudeSpectrum(resolution))];

    /// <param name="generated">[B, N].</param>
    /// <param name="target">[B, N].</param>
    /// <param name="mask">[B, N], ones followed by zeros; null when all is speech. Both waveforms are taken as silent outside it.</param>
    /// <param name="shares">[B], the factor of each utterance in the sum; null for their mean.</param>
    /// <returns>Scalar.</returns>
    public Tensor Evaluate(Tensor generated, Tensor target, Tensor? mask = null, Tensor? shares = null)
    {
        var (made, wanted) = mask is null ? (generated, target) : (generated.masked_fill(mask.eq(0), 0), target.masked_fill(mask.eq(0), 0));
        var costs = stack(_spectra.Select(spectrum => AtOneResolution(spectrum, made, wanted, mask)).ToArray()).mean([0L]); // [B]
        return shares is null ? costs.mean() : (costs * shares).sum();
    }

    /// <returns>[B]</returns>
    private static Tensor AtOneResolution(MagnitudeSpectrum spectrum, Tensor generated, Tensor target, Tensor? mask)
    {
        var (made, wanted) = (spectrum.Of(generated), spectrum.Of(target)); // [B, bins, frames]
        var convergence = Norm(wanted - made) / Norm(wanted).clamp_min(SmallestNorm);
        var difference = (wanted.log() - made.log()).abs();
        return convergence + (mask is null ? difference.mean([1L, 2L]) : MeanInside(difference, mask, spectrum.Resolution.Hop));
    }

    /// <summary>Of each utterance, [B].</summary>
    private static Tensor Norm(Tensor magnitudes) => magnitudes.flatten(1).norm(1);

    /// <summary>Over the frames whose centre lies inside the mask, [B].</summary>
    private static Tensor MeanInside(Tensor difference, Tensor mask, int hop)
    {
        var centres = mask.sum(1, keepdim: true) / hop; // [B, 1]
        var inside = arange(difference.shape[2], dtype: mask.dtype, device: mask.device).unsqueeze(0).lt(centres).to_type(mask.dtype); // [B, frames]
        return (difference * inside.unsqueeze(1)).sum([1L, 2L]) / (inside.sum(1).clamp_min(1) * difference.shape[1]);
    }
}
