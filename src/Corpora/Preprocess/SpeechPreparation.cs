using Tmrvc.Audio;
using Tmrvc.BuildGraph;

namespace Tmrvc.Corpora;

/// <summary>
/// From a recording to segments ready for feature extraction. Resampling comes first: recordings mostly have the higher rate, and
/// every later step costs by the sample.
/// </summary>
internal sealed class SpeechPreparation(PreprocessSettings settings, int sampleRate, double loudnessTarget)
{
    private readonly Segmenter _segmenter = new(settings.MinSeconds, settings.MaxSeconds);

    /// <exception cref="ItemRejectedException">Nothing of the recording can be used.</exception>
    internal PreparedRecording Prepare(AudioBuffer source, IVoiceActivityDetector detector)
    {
        QualityCheck.Require(source, settings.Quality, settings.MinSeconds);
        var audio = Scale(Resample(source));
        var pieces = Pieces(audio, detector).ToList();
        RequireLength(pieces);
        return new PreparedRecording(source.Seconds, [.. pieces.Select(piece => new PreparedSegment(piece.Start, Cut(audio, piece)))]);
    }

    private AudioBuffer Scale(AudioBuffer source)
    {
        if (!settings.Does(PreprocessStep.Normalize))
            return source;
        try
        {
            return Loudness.Normalize(source, loudnessTarget);
        }
        catch (SilentAudioException e)
        {
            throw new ItemRejectedException(e.Message, e);
        }
    }

    private IEnumerable<TimeRange> Pieces(AudioBuffer audio, IVoiceActivityDetector detector)
    {
        var stretch = new TimeRange(0, audio.Seconds);
        IReadOnlyList<TimeRange> speech = NeedsSpeech(stretch) ? SpeechIn(audio, detector) : [];
        if (settings.Does(PreprocessStep.VadTrim))
            stretch = speech.Count > 0
                ? new(speech[0].Start, speech[^1].End)
                : throw new ItemRejectedException("no speech was found in it");
        return settings.Does(PreprocessStep.Segment) ? _segmenter.Cut(stretch, speech) : [stretch];
    }

    private bool NeedsSpeech(TimeRange stretch) =>
        settings.Does(PreprocessStep.VadTrim) || (settings.Does(PreprocessStep.Segment) && stretch.Length > settings.MaxSeconds);

    private static List<TimeRange> SpeechIn(AudioBuffer audio, IVoiceActivityDetector detector) =>
        [.. detector.SpeechRanges(audio)
            .Select(range => new TimeRange((double)range.Start / audio.SampleRate, (double)range.End / audio.SampleRate))];

    private void RequireLength(List<TimeRange> pieces)
    {
        var longest = pieces.Max(piece => piece.Length);
        if (longest > settings.MaxSeconds)
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

    private static AudioBuffer Cut(AudioBuffer audio, TimeRange piece) => audio.Slice(audio.RangeOf(piece.Start, piece.End));
}
