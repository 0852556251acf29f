using Tmrvc.Configuration;

namespace Tmrvc.Audio;

/// <summary>
/// Makes responses of any origin alike: one sample rate, the direct sound 2.5 ms after the beginning, nothing after the decay has
/// sunk into the measurement's noise, no gain for speech, and parameters.
/// </summary>
/// <remarks>
/// A response without bandwidth for half of the sample rate would take the highs out of all speech. Above its bandwidth it is
/// given its direct sound alone; the parameters do not tell about bands that reach there.
/// </remarks>
public sealed class ImpulseResponsePreparation(int sampleRate, Subbands bands, ImpulseResponseSettings settings)
{
    private const double FadeSeconds = 0.01;

    /// <summary>So many times the longest response are looked at, to know the noise: a recording may last for minutes.</summary>
    private const double LooksAt = 2;

    private readonly ImpulseResponseAnalysis analysis = new(bands);

    /// <exception cref="UnusableResponseException">It is silent, only noise, or no band of it can be evaluated.</exception>
    public (ImpulseResponse Response, ImpulseResponseParameters Parameters) Prepare(AudioBuffer measured)
    {
        var whole = Align(Resampler.Resample(WithoutTrailingZeros(measured), sampleRate), measured.SampleRate / 2.0);
        whole = whole with { Bandwidth = BandLimit.Of(whole) };
        var decays = analysis.DecaysOf(whole);
        var end = decays.End ?? throw new UnusableResponseException("noise only: no decay stands out of it");
        var response = Cut(whole, Math.Min(whole.Direct + end, (int)(settings.MaxSeconds * sampleRate)));
        var parameters = analysis.Analyze(response, decays);
        return parameters.Mask.All(told => told == 0)
            ? throw new UnusableResponseException("no band decays by 25 dB before it disappears in noise")
            : (ResponseSpectrum.ForSpeech(response), parameters);
    }

    private static AudioBuffer WithoutTrailingZeros(AudioBuffer measured)
    {
        var last = measured.Samples.AsSpan().LastIndexOfAnyExcept(0f);
        return last < 0 ? throw new UnusableResponseException("silence") : measured with { Samples = measured.Samples[..(last + 1)] };
    }

    private ImpulseResponse Align(AudioBuffer audio, double bandwidth)
    {
        var lead = (int)Math.Round(ImpulseResponse.DirectHalfWindow * sampleRate);
        var first = DirectSound.Find(audio.Samples, sampleRate) - lead;
        var samples = new float[Math.Min(audio.Samples.Length - first, (int)(LooksAt * settings.MaxSeconds * sampleRate))];
        audio.Samples.AsSpan(Math.Max(0, first), samples.Length - Math.Max(0, -first)).CopyTo(samples.AsSpan(Math.Max(0, -first)));
        for (var n = 0; n < lead / 2; n++)
            samples[n] *= (float)(0.5 - 0.5 * Math.Cos(Math.PI * n / (lead / 2.0)));
        return new ImpulseResponse(samples, sampleRate, lead, Math.Min(bandwidth, sampleRate / 2.0));
    }

    private ImpulseResponse Cut(ImpulseResponse response, int end)
    {
        var samples = response.Samples[..Math.Min(end, response.Samples.Length)];
        var fade = Math.Min((int)(FadeSeconds * sampleRate), samples.Length / 4);
        for (var n = 1; n <= fade; n++)
            samples[^n] *= (float)(0.5 - 0.5 * Math.Cos(Math.PI * n / (fade + 1)));
        return response with { Samples = samples };
    }
}

/// <summary>A response cannot be used; the message says what was found.</summary>
public sealed class UnusableResponseException(string found) : Exception(found);

public sealed record ImpulseResponseSettings : IValidated
{
    /// <summary>
    /// Longer responses are cut. Their decay is told by twice as much, so a hall of 7 s is known as such and told as 3 s, the end of
    /// the range; all else is that of what remains.
    /// </summary>
    public double MaxSeconds { get; init; } = 3;

    public IEnumerable<(string Property, string Message)> Mistakes()
    {
        if (MaxSeconds is not (>= 0.1 and <= 10))
            yield return ("max_seconds", $"found {MaxSeconds}, 0.1 to 10 are allowed");
    }
}
