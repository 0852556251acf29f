namespace Tmrvc.Audio;

/// <summary>
/// Takes slowly changing noise from mel bands, after power-normalised cepstra (Kim and Stern 2016) as Sphinx does: the smoothed
/// power less its lower envelope, with temporal masking, gives a gain between 1/20 and 20, which is smoothed over bands.
/// </summary>
internal sealed class SphinxNoise(int bands)
{
    private const float Smoothing = 0.7f;
    private const float Rise = 0.995f;
    private const float Fall = 0.5f;
    private const float MaskDecay = 0.85f;
    private const float MaskLevel = 0.2f;
    private const float MostGain = 20;
    private const int Reach = 4;

    private readonly float[] _power = new float[bands];
    private readonly float[] _noise = new float[bands];
    private readonly float[] _floor = new float[bands];
    private readonly float[] _peak = new float[bands];
    private readonly float[] _gain = new float[bands];
    private bool _begun;

    /// <param name="mel">[bands] power of the next frame, which is changed.</param>
    internal void Remove(Span<float> mel)
    {
        if (!_begun)
            Begin(mel);
        for (var band = 0; band < bands; band++)
            _gain[band] = Gain(band, mel[band]);
        for (var band = 0; band < bands; band++)
            mel[band] *= SmoothGain(band);
    }

    private void Begin(ReadOnlySpan<float> mel)
    {
        _begun = true;
        for (var band = 0; band < bands; band++)
        {
            _power[band] = mel[band];
            _noise[band] = _floor[band] = mel[band] / MostGain;
        }
    }

    private float Gain(int band, float mel)
    {
        _power[band] = Smoothing * _power[band] + (1 - Smoothing) * mel;
        _noise[band] = Envelope(_power[band], _noise[band]);
        var signal = Math.Max(_power[band] - _noise[band], 1);
        _floor[band] = Envelope(signal, _floor[band]);
        signal = Math.Max(Masked(band, signal), _floor[band]);
        return signal < MostGain * _power[band] ? Math.Max(signal / _power[band], 1 / MostGain) : MostGain;
    }

    private static float Envelope(float value, float envelope) =>
        value >= envelope ? Rise * envelope + (1 - Rise) * value : Fall * envelope + (1 - Fall) * value;

    private float Masked(int band, float signal)
    {
        _peak[band] *= MaskDecay;
        var masked = signal < MaskDecay * _peak[band] ? _peak[band] * MaskLevel : signal;
        _peak[band] = Math.Max(_peak[band], signal);
        return masked;
    }

    private float SmoothGain(int band)
    {
        var (first, last) = (Math.Max(band - Reach, 0), Math.Min(band + Reach, bands - 1));
        var sum = 0f;
        for (var near = first; near <= last; near++)
            sum += _gain[near];
        return sum / (last - first + 1);
    }
}
