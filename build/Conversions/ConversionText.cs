using Tmrvc.Build.CommandLine;
using Tmrvc.Configuration;
using Tmrvc.Contract;
using Tmrvc.Streaming;

namespace Tmrvc.Build.Conversions;

/// <summary>What is told of a conversion when it is done.</summary>
internal static class ConversionText
{
    public static IEnumerable<string> Lines(
        Request request, Constants constants, StreamingConverter converter, SourceVoice source, SpeakerProfile target, ConvertedFile converted)
    {
        yield return $"{request.Output}: {converted.Duration.TotalSeconds:0.0} s of {request.Inputs[0]} in the voice of {request.Speaker}";
        yield return $"F0: {(source.Range, target.PitchRange()) switch
        {
            ({ } from, { } to) => $"moved from about {Math.Exp(from.LogMean):0} Hz to about {Math.Exp(to.LogMean):0} Hz",
            (null, _) => "as it is, for the input has too little voiced speech to tell its range",
            _ => $"as it is, for {request.Speaker} tells no range",
        }}";
        yield return $"latency: {Milliseconds(converter.LatencySamples):0} ms (window {Milliseconds(constants.WindowLength):0} ms, "
            + $"lookahead {Milliseconds(converter.LatencySamples - constants.WindowLength):0} ms), and what a hop takes to compute";
        yield return $"a hop of {Milliseconds(constants.HopLength):0} ms: p50 {converted.Times.Quantile(0.5).TotalMilliseconds:0.000} ms, "
            + $"p99 {converted.Times.Quantile(0.99).TotalMilliseconds:0.000} ms, real-time factor {converted.RealTimeFactor:0.0000}, one thread"
            + (converted.RealTimeFactor >= 1 ? ": too slow here for speech as it is spoken" : "");
        if (converted.Clipped > 0)
            yield return $"clipped: {converted.Clipped} samples beyond full scale";

        double Milliseconds(int samples) => 1000.0 * samples / constants.SampleRate;
    }

    /// <summary>F0 of a voice.</summary>
    public static string Of(SpeakerProfile profile) => profile.Metadata.LogF0Mean is { } mean
        ? $"about {Math.Exp(mean):0} Hz"
        : "too little voiced speech to tell its F0";
}
