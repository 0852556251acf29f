using Tmrvc.Streaming;

namespace Tmrvc.Evaluation;

/// <summary>A recording hop by hop, with the delay taken off.</summary>
internal static class StreamedConversion
{
    /// <returns>As many samples, moment for moment; zeros where a hop gave no numbers, and how many those are.</returns>
    /// <exception cref="ConversionException">A network cannot be computed, or the recording is beyond range.</exception>
    public static (float[] Samples, int NotFinite) Of(StreamingConverter converter, float[] recording)
    {
        var hops = (recording.Length + converter.DelaySamples + converter.HopLength - 1) / converter.HopLength;
        var (heard, said) = (new float[hops * converter.HopLength], new float[hops * converter.HopLength]);
        recording.CopyTo(heard, 0);
        var broken = 0;
        for (var start = 0; start < heard.Length; start += converter.HopLength)
            broken += Push(converter, heard.AsSpan(start, converter.HopLength), said.AsSpan(start, converter.HopLength));
        return (said[converter.DelaySamples..(converter.DelaySamples + recording.Length)], broken);
    }

    private static int Push(StreamingConverter converter, ReadOnlySpan<float> hop, Span<float> converted)
    {
        try
        {
            converter.Push(hop, converted);
            return 0;
        }
        catch (NotFiniteException)
        {
            converted.Clear();
            return converted.Length;
        }
    }
}
