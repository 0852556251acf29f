namespace Tmrvc.Audio;

/// <summary>Speech by Silero VAD v6, at any sample rate. One instance per thread.</summary>
public sealed class SileroVad(string modelPath, SpeechRangeSettings? settings = null) : IVoiceActivityDetector, IDisposable
{
    private readonly SileroModel model = new(modelPath);
    private readonly SpeechSegmentation segmentation =
        new(settings ?? new SpeechRangeSettings(), (double)SileroModel.Window / SileroModel.SampleRate);

    public IReadOnlyList<SampleRange> SpeechRanges(AudioBuffer audio)
    {
        var probabilities = model.Probabilities(Resampler.Resample(audio, SileroModel.SampleRate).Samples);
        return [.. segmentation.Find(probabilities, audio.Seconds).Select(range => audio.RangeOf(range.Start, range.End))];
    }

    public void Dispose() => model.Dispose();
}
