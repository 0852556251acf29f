namespace Tmrvc.Audio;

/// <summary>What is done to a response as a spectrum.</summary>
internal static class ResponseSpectrum
{
    /// <summary>
    /// Completes the response towards and above its bandwidth by its direct sound alone, and scales it so that it neither raises nor lowers the energy of what has
    /// <see cref="SpeechSpectrum"/>.
    /// </summary>
    internal static ImpulseResponse ForSpeech(ImpulseResponse response)
    {
        var fft = new RealFft(FourierSize.AtLeast(2 * response.Samples.Length));
        var spectrum = Spectrum(fft, response.Samples);
        if (response.Bandwidth < response.SampleRate / 2.0)
            Complete(response, fft, spectrum);
        var gain = 1 / Math.Sqrt(EnergyOfSpeech(spectrum, response.SampleRate));
        var samples = new float[fft.Size];
        fft.Inverse(spectrum, samples);
        return response with { Samples = [.. samples.Take(response.Samples.Length).Select(value => (float)(value * gain / fft.Size))] };
    }

    private static void Complete(ImpulseResponse response, RealFft fft, ComplexFloat[] spectrum)
    {
        var binsPerHertz = (double)fft.Size / response.SampleRate;
        var (first, end) = ((int)(response.Untouched * binsPerHertz), (int)(response.Bandwidth * binsPerHertz));
        var direct = DirectLevel(response, fft, end / 2, first);
        for (var bin = first; bin < spectrum.Length; bin++)
        {
            var share = bin >= end ? 1 : 0.5 - 0.5 * Math.Cos(Math.PI * (bin - first) / (end - first));
            var phase = -2 * Math.PI * ((double)bin * response.Direct % fft.Size) / fft.Size;
            spectrum[bin] = new ComplexFloat(
                (float)((1 - share) * spectrum[bin].Real + share * direct * Math.Cos(phase)),
                (float)((1 - share) * spectrum[bin].Imaginary + share * direct * Math.Sin(phase)));
        }
    }

    /// <summary>Signed as the peak is.</summary>
    private static double DirectLevel(ImpulseResponse response, RealFft fft, int first, int end)
    {
        var power = Spectrum(fft, response.Split().Direct).AsSpan(first..end);
        var sum = 0.0;
        foreach (var bin in power)
            sum += bin.Power;
        return Math.CopySign(Math.Sqrt(sum / power.Length), response.Samples[response.Direct]);
    }

    private static double EnergyOfSpeech(ComplexFloat[] spectrum, int sampleRate)
    {
        double with = 0, without = 0;
        for (var bin = 0; bin < spectrum.Length; bin++)
        {
            var speech = SpeechSpectrum.Power(bin * sampleRate / 2.0 / (spectrum.Length - 1));
            with += speech * spectrum[bin].Power;
            without += speech;
        }
        return with / without;
    }

    private static ComplexFloat[] Spectrum(RealFft fft, float[] samples)
    {
        var (padded, spectrum) = (new float[fft.Size], new ComplexFloat[fft.Bins]);
        samples.CopyTo(padded, 0);
        fft.Forward(padded, spectrum);
        return spectrum;
    }
}
