using System.Numerics.Tensors;

namespace Tmrvc.Audio;

/// <summary>Speech is where a window of 32 ms has a root mean square above a level, −40 dB of full scale by default.</summary>
public sealed class EnergyVad(double levelDb = -40, SpeechRangeSettings? settings = null) : IVoiceActivityDetector
{
    private const double WindowSeconds = 0.032;

    private readonly SpeechSegmentation segmentation = new(settings ?? new SpeechRangeSettings(), WindowSeconds);

    public IReadOnlyList<SampleRange> SpeechRanges(AudioBuffer audio)
    {
        var window = Math.Max(1, (int)(WindowSeconds * audio.SampleRate));
        var powerLevel = Math.Pow(10, levelDb / 10);
        var scores = new float[(audio.Samples.Length + window - 1) / window];
        for (var i = 0; i < scores.Length; i++)
            scores[i] = MeanSquare(audio.Samples.AsSpan(i * window, Math.Min(window, audio.Samples.Length - i * window))) > powerLevel ? 1 : 0;
        return [.. segmentation.Find(scores, audio.Seconds).Select(range => audio.RangeOf(range.Start, range.End))];
    }

    private static float MeanSquare(ReadOnlySpan<float> samples) => TensorPrimitives.SumOfSquares(samples) / samples.Length;
}
