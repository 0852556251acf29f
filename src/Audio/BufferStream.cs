namespace Tmrvc.Audio;

/// <summary>Audio in memory, block by block.</summary>
internal sealed class BufferStream(AudioBuffer audio) : ISampleStream
{
    private int place;

    public int SampleRate => audio.SampleRate;

    public int Read(Span<float> samples)
    {
        var count = Math.Min(samples.Length, audio.Samples.Length - place);
        audio.Samples.AsSpan(place, count).CopyTo(samples);
        place += count;
        return count;
    }

    public void Dispose()
    {
    }
}
