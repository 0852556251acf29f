using Tmrvc.Audio;

namespace Tmrvc.Features;

/// <summary>Mel-frequency cepstra as content: nothing to download, and some of the voice left in.</summary>
internal sealed class CepstralContent(int bands, CepstraSettings settings) : IContentExtractor
{
    private readonly Cepstra _cepstra = new(bands, settings);

    public int Dimension => _cepstra.Dimension;

    public float[] Compute(AudioBuffer audio, ReadOnlySpan<float> logMel) => _cepstra.Compute(logMel);
}
