using Tmrvc.Audio;

namespace Tmrvc.Features;

/// <summary>
/// The log-mel that RMVPE was trained on: frame k is centred on sample 160·k at 16 kHz, the audio mirrored at its ends; magnitudes (not
/// power) under a periodic Hann window of 1024; 128 HTK bands of equal area (slaney's normalisation) from 30 to 8000 Hz; natural
/// logarithm of max(band, 1e-5). One instance per thread.
/// </summary>
public sealed class RmvpeMel
{
    /// <summary>Hertz.</summary>
    public const int SampleRate = 16000;

    /// <summary>Samples.</summary>
    public const int Hop = 160;

    public const int Bands = 128;

    private const int Window = 1024;
    private const float Floor = 1e-5f;

    private static readonly SignalParameters Parameters = new(SampleRate, Window, Hop, Window, Bands, 30, 8000, Floor);

    private readonly FrameSpectrum _analysis = new(Parameters);
    private readonly MelFilterbank _filterbank = new(Parameters);
    private readonly float[] _density = [.. Enumerable.Range(0, Bands).Select(Density)];
    private readonly ComplexFloat[] _spectrum = new ComplexFloat[Parameters.NFreqBins];
    private readonly float[] _magnitudes = new float[Parameters.NFreqBins];
    private readonly float[] _bands = new float[Bands];

    /// <param name="samples">[N] at 16 kHz, N of 1 or more.</param>
    /// <param name="columns">Room for frames, at least <see cref="Frames"/>; those beyond are zero.</param>
    /// <returns>[128, columns], row-major.</returns>
    public float[] Compute(ReadOnlySpan<float> samples, int columns)
    {
        var padded = Mirrored(samples);
        var logMel = new float[Bands * columns];
        for (var frame = 0; frame < Frames(samples.Length); frame++)
        {
            Analyse(padded.AsSpan(frame * Hop, Window));
            for (var band = 0; band < Bands; band++)
                logMel[band * columns + frame] = MathF.Log(MathF.Max(_bands[band] * _density[band], Floor));
        }
        return logMel;
    }

    /// <summary>floor(N/160) + 1.</summary>
    public static int Frames(int samples) => samples / Hop + 1;

    private void Analyse(ReadOnlySpan<float> frame)
    {
        _analysis.Compute(frame, _spectrum);
        for (var bin = 0; bin < _magnitudes.Length; bin++)
            _magnitudes[bin] = MathF.Sqrt(_spectrum[bin].Power);
        _filterbank.Apply(_magnitudes, _bands);
    }

    /// <summary>2 over the band's width in hertz.</summary>
    private static float Density(int band)
    {
        var low = MelFilterbank.HertzToMel(Parameters.MelFmin);
        var step = (MelFilterbank.HertzToMel(Parameters.MelFmax) - low) / (Bands + 1);
        return (float)(2 / (MelFilterbank.MelToHertz(low + (band + 2) * step) - MelFilterbank.MelToHertz(low + band * step)));
    }

    /// <summary>Half a window more at each end, mirrored without repeating the end; what is shorter is mirrored again and again.</summary>
    private static float[] Mirrored(ReadOnlySpan<float> samples)
    {
        var padded = new float[samples.Length + Window];
        var period = Math.Max(1, 2 * (samples.Length - 1));
        for (var i = 0; i < padded.Length; i++)
        {
            var place = Math.Abs(i - Window / 2) % period;
            padded[i] = samples[Math.Min(place, period - place)];
        }
        return padded;
    }
}
