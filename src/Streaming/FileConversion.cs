using System.Numerics.Tensors;
using Tmrvc.Audio;
using Tmrvc.Configuration;

namespace Tmrvc.Streaming;

/// <summary>A file through a <see cref="StreamingConverter"/>, hop by hop: memory does not depend on its length.</summary>
public sealed class FileConversion(StreamingConverter converter, Constants constants, TimeProvider clock)
{
    private readonly float[] _hop = new float[converter.HopLength];
    private readonly float[] _converted = new float[converter.HopLength];

    /// <summary>The conversion has the length of the input, moment for moment, and its level.</summary>
    /// <param name="gain">Of what the converter hears; taken back of what it says.</param>
    /// <param name="output">Written whole or not at all.</param>
    /// <exception cref="UnreadableAudioException">The input is no audio, damaged, or holds less than a sample.</exception>
    /// <exception cref="ConversionException">The networks give what is no number.</exception>
    public ConvertedFile Run(string input, string output, float gain, CancellationToken cancellation = default)
    {
        var times = new HopTimes();
        using var source = AudioFile.OpenAt(input, constants.SampleRate);
        using var target = new WavWriter(output, constants.SampleRate);
        converter.Reset();
        long taken = 0, given = 0, skip = converter.DelaySamples;
        for (int read; (read = source.ReadHop(_hop)) > 0 || given < taken;)
        {
            cancellation.ThrowIfCancellationRequested();
            taken += read;
            Convert(gain, times);
            var fresh = _converted.AsSpan((int)Math.Min(skip, _converted.Length));
            skip -= _converted.Length - fresh.Length;
            fresh = fresh[..(int)Math.Min(fresh.Length, taken - given)];
            target.Append(fresh);
            given += fresh.Length;
        }
        if (given == 0)
            throw new UnreadableAudioException(input, $"is shorter than one sample at {constants.SampleRate} Hz");
        target.Complete();
        return new ConvertedFile(TimeSpan.FromSeconds((double)given / constants.SampleRate), times, target.Clipped);
    }

    private void Convert(float gain, HopTimes times)
    {
        TensorPrimitives.Multiply(_hop, gain, _hop);
        var start = clock.GetTimestamp();
        converter.Push(_hop, _converted);
        times.Add(clock.GetElapsedTime(start));
        TensorPrimitives.Divide(_converted, gain, _converted);
    }
}

/// <param name="Times">Of each hop, reading and writing apart.</param>
/// <param name="Clipped">Samples beyond full scale.</param>
public sealed record ConvertedFile(TimeSpan Duration, HopTimes Times, long Clipped)
{
    /// <summary>Computing time over sounding time.</summary>
    public double RealTimeFactor => Times.Total / Duration;
}
