using System.Runtime.InteropServices;
using Tmrvc.Audio.Native;

namespace Tmrvc.Audio;

/// <summary><see cref="Resampler"/> block by block: the same samples, in memory that does not depend on their number.</summary>
internal sealed class ResampledStream : ISampleStream
{
    private const int BlockLength = 1 << 14;

    private readonly ISampleStream source;
    private readonly Soxr.Handle resampler;
    private readonly float[] input = new float[BlockLength];
    private int start;
    private int end;
    private bool ended;

    /// <exception cref="InvalidOperationException">libsoxr has no way from the one rate to the other.</exception>
    internal ResampledStream(ISampleStream source, int sampleRate)
    {
        (this.source, SampleRate) = (source, sampleRate);
        var quality = Soxr.soxr_quality_spec(Soxr.HighQuality, 0);
        resampler = Soxr.soxr_create(source.SampleRate, sampleRate, 1, out var failure, 0, quality, 0);
        Require(failure);
    }

    public int SampleRate { get; }

    public int Read(Span<float> samples)
    {
        var filled = 0;
        while (filled < samples.Length)
        {
            Refill();
            var given = Process(samples[filled..]);
            filled += given;
            if (ended && given == 0)
                break;
        }
        return filled;
    }

    public void Dispose()
    {
        resampler.Dispose();
        source.Dispose();
    }

    private void Refill()
    {
        if (start < end || ended)
            return;
        (start, end) = (0, source.Read(input));
        ended = end == 0;
    }

    /// <summary>No input at all tells libsoxr that there will be none.</summary>
    private unsafe int Process(Span<float> output)
    {
        nuint taken, given;
        fixed (float* from = input, to = output)
            Require(Soxr.soxr_process(resampler, ended ? null : from + start, (nuint)(end - start), &taken, to, (nuint)output.Length, &given));
        start += (int)taken;
        return (int)given;
    }

    private void Require(nint failure)
    {
        if (failure != 0)
            throw new InvalidOperationException($"Resampler: {source.SampleRate} Hz to {SampleRate} Hz: {Marshal.PtrToStringUTF8(failure)}");
    }
}
