using System.Numerics.Tensors;

namespace Tmrvc.Audio;

/// <summary>
/// Waveform from a log-mel spectrogram: non-negative inversion of the filterbank, then the fast Griffin-Lim algorithm (Perraudin,
/// Balazs and Søndergaard 2013). The same input and seed give the same samples. One instance per thread.
/// </summary>
public sealed class GriffinLim
{
    private readonly SignalParameters parameters;
    private readonly GriffinLimSettings settings;
    private readonly MelInversion inversion;
    private readonly ShortTimeFourier transform;

    public GriffinLim(SignalParameters parameters, GriffinLimSettings? settings = null)
    {
        this.parameters = parameters;
        this.settings = settings ?? new GriffinLimSettings();
        inversion = new MelInversion(parameters, this.settings.InversionIterations);
        transform = new ShortTimeFourier(parameters);
    }

    /// <param name="logMel">[80, T], row-major.</param>
    /// <returns>240·T samples.</returns>
    public AudioBuffer Reconstruct(ReadOnlySpan<float> logMel)
    {
        var frames = logMel.Length / parameters.NMels;
        var magnitude = Magnitudes(logMel, frames);
        var accelerated = RandomPhases(magnitude);
        var consistent = new ComplexFloat[magnitude.Length];
        var previous = new ComplexFloat[magnitude.Length];
        for (var iteration = 0; iteration < settings.Iterations; iteration++)
        {
            GivePhase(magnitude, accelerated);
            transform.Analyze(transform.Synthesize(accelerated, frames), consistent);
            Accelerate(consistent, previous, accelerated, iteration == 0 ? 0 : (float)settings.Momentum);
            (consistent, previous) = (previous, consistent);
        }
        GivePhase(magnitude, accelerated);
        return new AudioBuffer(transform.Synthesize(accelerated, frames), parameters.SampleRate);
    }

    /// <returns>[T, 513]</returns>
    private float[] Magnitudes(ReadOnlySpan<float> logMel, int frames)
    {
        var bins = parameters.NFreqBins;
        var magnitude = new float[frames * bins];
        var mel = new float[parameters.NMels];
        for (var frame = 0; frame < frames; frame++)
        {
            for (var band = 0; band < mel.Length; band++)
                mel[band] = MathF.Exp(logMel[band * frames + frame]);
            var column = magnitude.AsSpan(frame * bins, bins);
            inversion.Invert(mel, column);
            TensorPrimitives.Sqrt(column, column);
        }
        return magnitude;
    }

    private ComplexFloat[] RandomPhases(float[] magnitude)
    {
        var random = new Random(settings.Seed);
        return [.. magnitude.Select(_ => random.NextDouble() * 2 * Math.PI)
            .Select(phase => new ComplexFloat((float)Math.Cos(phase), (float)Math.Sin(phase)))];
    }

    /// <summary>Keeps each bin's phase and sets its magnitude.</summary>
    private static void GivePhase(float[] magnitude, ComplexFloat[] spectra)
    {
        for (var i = 0; i < spectra.Length; i++)
        {
            var scale = magnitude[i] / MathF.Max(MathF.Sqrt(spectra[i].Power), 1e-20f);
            spectra[i] = new ComplexFloat(spectra[i].Real * scale, spectra[i].Imaginary * scale);
        }
    }

    private static void Accelerate(ComplexFloat[] current, ComplexFloat[] previous, ComplexFloat[] accelerated, float momentum)
    {
        for (var i = 0; i < current.Length; i++)
            accelerated[i] = new ComplexFloat(
                current[i].Real + momentum * (current[i].Real - previous[i].Real),
                current[i].Imaginary + momentum * (current[i].Imaginary - previous[i].Imaginary));
    }
}
