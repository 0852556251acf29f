using Tmrvc.Audio;
using Tmrvc.BuildGraph;

namespace Tmrvc.Corpora;

/// <summary>
/// From a recording to segments ready for feature extraction. Resampling comes first: recordings mostly have the higher rate, and
/// every later step costs by the sample.
/// </summary>
internal sealed class SpeechPreparation(PreprocessSettings settings, int sampleRate, double loudnessTarget)
{
    private readonly Segmenter _segmenter = new(
        settings.MinSeconds, settings.MaxSeconds, settings.MaxPauseSeconds, settings.Does(PreprocessStep.VadTrim));

    /// <exception cref="ItemRejectedException">Nothing of the recording can be used.</exception>
    internal PreparedRecording Prepare(DecodedFile source, IVoiceActivityDetector detector)
    {
        QualityCheck.Require(source, settings.Quality, settings.MinSeconds);
        var (audio, isHeldByPeak) = Scale(Resample(source.Audio));
        var (segments, silent, tooShort, longest) = Cut(audio, detector);
        RequireLength(longest);
        return new([.. segments.Select(range => new PreparedSegment(range.Start, Cut(audio, range)))], silent, tooShort, isHeldByPeak);
    }

    private (AudioBuffer Audio, bool IsHeldByPeak) Scale(AudioBuffer source)
    {
        if (!settings.Does(PreprocessStep.Normalize))
            return (source, false);
        try
        {
            return (Loudness.Normalize(source, loudnessTarget, out var isHeldByPeak), isHeldByPeak);
        }
        catch (SilentAudioException e)
        {
            throw new ItemRejectedException(e.Message, e);
        }
    }

    private Segmentation Cut(AudioBuffer audio, IVoiceActivityDetector detector)
    {
        var stretch = new TimeRange(0, audio.Seconds);
        if (!NeedsSpeech(stretch))
            return new([stretch], 0, 0, stretch.Length);
        var speech = SpeechIn(audio, detector);
        if (speech.Count == 0)
            throw new ItemRejectedException("no speech was found in it");
        if (settings.Does(PreprocessStep.Segment))
            return _segmenter.Cut(stretch, speech);
        stretch = new(speech[0].Start, speech[^1].End);
        return new([stretch], 0, 0, stretch.Length);
    }

    private bool NeedsSpeech(TimeRange stretch) =>
        settings.Does(PreprocessStep.VadTrim) || (settings.Does(PreprocessStep.Segment) && stretch.Length > settings.MaxSeconds);

    private static List<TimeRange> SpeechIn(AudioBuffer audio, IVoiceActivityDetector detector) =>
        [.. detector.SpeechRanges(audio)
            .Select(range => new TimeRange((double)range.Start / audio.SampleRate, (double)range.End / audio.SampleRate))];

    private void RequireLength(double longest)
    {
        if (longest > settings.MaxSeconds && !settings.Does(PreprocessStep.Segment))
            throw new ItemRejectedException(
                $"too long: {longest:0.0} s, {settings.MaxSeconds} s at most is allowed while segment is switched off");
        if (longest < settings.MinSeconds)
            throw new ItemRejectedException($"too short: {longest:0.00} s of speech, {settings.MinSeconds} s or more is allowed");
    }

    private AudioBuffer Resample(AudioBuffer audio) =>
        settings.Does(PreprocessStep.Resample) ? Resampler.Resample(audio, sampleRate)
        : audio.SampleRate == sampleRate ? audio
        : throw new ItemRejectedException(
            $"sample rate is {audio.SampleRate} Hz, only {sampleRate} Hz is allowed while resample is switched off");

    private static AudioBuffer Cut(AudioBuffer audio, TimeRange range) => audio.Slice(audio.RangeOf(range.Start, range.End));
}
