namespace Tmrvc.Audio;

/// <summary>Streams in pieces of one length.</summary>
public static class SampleStreamReading
{
    /// <returns>As many samples as there are before the end, <paramref name="most"/> of them at most.</returns>
    public static float[] ReadAtMost(this ISampleStream stream, int most)
    {
        var samples = new float[most];
        var count = 0;
        for (int read; count < most && (read = stream.Read(samples.AsSpan(count))) > 0;)
            count += read;
        return samples[..count];
    }

    /// <summary>Fills a hop, with zeros after the end.</summary>
    /// <returns>How many samples of it are the stream's own.</returns>
    public static int ReadHop(this ISampleStream stream, Span<float> hop)
    {
        var count = 0;
        for (int read; count < hop.Length && (read = stream.Read(hop[count..])) > 0;)
            count += read;
        hop[count..].Clear();
        return count;
    }
}
