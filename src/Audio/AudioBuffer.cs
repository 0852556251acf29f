namespace Tmrvc.Audio;

/// <summary>Mono audio. Full scale is ±1; values beyond it are kept until they are written.</summary>
/// <param name="Samples">[N]</param>
/// <param name="SampleRate">Hertz.</param>
public sealed record AudioBuffer(float[] Samples, int SampleRate)
{
    public double Seconds => (double)Samples.Length / SampleRate;

    /// <summary>The samples between two times in seconds, rounded to the nearest sample and held within the buffer.</summary>
    public SampleRange RangeOf(double start, double end) => new(SampleAt(start), SampleAt(end));

    /// <summary>A copy of <paramref name="range"/>, which must lie within the buffer.</summary>
    public AudioBuffer Slice(SampleRange range) => this with { Samples = Samples[range.Start..range.End] };

    private int SampleAt(double seconds) => Math.Clamp((int)Math.Round(seconds * SampleRate), 0, Samples.Length);
}
