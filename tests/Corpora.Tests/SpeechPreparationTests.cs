using Tmrvc.Audio;
using Tmrvc.BuildGraph;

namespace Tmrvc.Corpora.Tests;

public class SpeechPreparationTests
{
    private static readonly PreprocessSettings Prompts = new() { MinSeconds = 0.5, MaxSeconds = 8, Vad = VadKind.Energy };

    private static AudioBuffer English => AudioFile.Read(MiniCorpus.English);

    private static PreparedRecording Prepare(AudioBuffer source, PreprocessSettings? settings = null) => Prepare(DecodedFile.Of(source), settings);

    private static PreparedRecording Prepare(DecodedFile source, PreprocessSettings? settings = null)
    {
        settings ??= Prompts;
        return new SpeechPreparation(
            settings, sampleRate: 24000, loudnessTarget: -23).Prepare(source, new EnergyVad(-40, settings.Speech));
    }

    private static PreprocessSettings Without(PreprocessStep step) =>
        Prompts with { Steps = [.. Prompts.Steps.Where(kept => kept != step)] };

    [Test]
    public void Speech_comes_out_at_the_sample_rate_and_loudness_asked_for()
    {
        var segment = Prepare(English).Segments.Single().Audio;
        Assert.That(segment.SampleRate, Is.EqualTo(24000));
        Assert.That(Loudness.IntegratedLufs(segment), Is.EqualTo(-23).Within(0.5));
    }

    [Test]
    public void Silence_around_speech_is_cut_off_and_the_start_is_told()
    {
        var alone = Prepare(English).Segments.Single();
        var padded = Prepare(Signals.Joined(Signals.Silence(2, 16000), English, Signals.Silence(1, 16000))).Segments.Single();
        Assert.That(padded.Audio.Seconds, Is.EqualTo(alone.Audio.Seconds).Within(0.15));
        Assert.That(padded.Start, Is.EqualTo(2 + alone.Start).Within(0.15));
    }

    [Test]
    public void Long_speech_is_cut_at_pauses_into_segments_within_the_maximum()
    {
        var source = AudioFile.Read(MiniCorpus.LongEnglish);
        var recording = Prepare(source);
        Assert.That(recording.Segments, Has.Count.GreaterThanOrEqualTo(2));
        Assert.That(recording.Segments.Select(segment => segment.Audio.Seconds), Is.All.InRange(0.5, 8));
        Assert.That(recording.Segments.Sum(segment => segment.Audio.Seconds), Is.EqualTo(source.Seconds).Within(2));
        Assert.That(
            recording.Segments.Skip(1).Select(segment => EdgeLevel(segment.Audio)), Is.All.LessThan(0.03), "cut within a word");
    }

    /// <summary>Loudest of the first 10 ms.</summary>
    private static float EdgeLevel(AudioBuffer audio) => audio.Samples.Take(240).Max(Math.Abs);

    [Test]
    public void Ten_seconds_of_speech_around_a_minute_of_silence_are_two_segments_and_neither_is_silent()
    {
        var speech = AudioFile.Read(MiniCorpus.LongEnglish);
        var ten = speech.Slice(speech.RangeOf(0, 10));
        var corpus = Prompts with { MinSeconds = 5, MaxSeconds = 15 };
        var recording = Prepare(Signals.Joined(ten, Signals.Silence(60, ten.SampleRate), ten), corpus);
        Assert.That(recording.Segments.Select(segment => segment.Audio.Seconds), Is.EqualTo([10.0, 10.0]).Within(0.6));
        Assert.That(recording.Segments.Select(segment => segment.Start), Is.EqualTo([0.0, 70.0]).Within(0.3));
        Assert.That(recording.Segments.Select(segment => Loudness.IntegratedLufs(segment.Audio)), Is.All.EqualTo(-23).Within(1));
    }

    [Test]
    public void Without_vad_trim_silence_stays_within_segments_but_makes_none_by_itself()
    {
        var speech = AudioFile.Read(MiniCorpus.LongEnglish);
        var six = speech.Slice(speech.RangeOf(0, 6));
        var recording = Prepare(
            Signals.Joined(six, Signals.Silence(60, six.SampleRate), six), Without(PreprocessStep.VadTrim));
        Assert.That(recording.Segments, Has.Count.LessThanOrEqualTo(4));
        Assert.That(recording.Segments.Select(segment => segment.Audio.Samples.Max()), Is.All.GreaterThan(0.1f));
        Assert.That(recording.Silent, Is.GreaterThan(2));
    }

    [Test]
    public void Without_normalize_the_level_stays()
    {
        var segment = Prepare(English, Without(PreprocessStep.Normalize)).Segments.Single().Audio;
        Assert.That(segment.Samples.Max(), Is.EqualTo(English.Samples.Max()).Within(0.02));
    }

    [Test]
    public void Without_vad_trim_the_length_stays()
    {
        var segment = Prepare(English, Without(PreprocessStep.VadTrim)).Segments.Single();
        Assert.That(segment.Audio.Seconds, Is.EqualTo(English.Seconds).Within(1e-3));
    }

    [Test]
    public void Without_segment_long_speech_is_rejected() =>
        Assert.That(
            () => Prepare(AudioFile.Read(MiniCorpus.LongEnglish), Without(PreprocessStep.Segment)),
            Throws.TypeOf<ItemRejectedException>().With.Message.Contains("8 s at most is allowed while segment is switched off"));

    [Test]
    public void Without_resample_another_rate_is_rejected() =>
        Assert.That(
            () => Prepare(English, Without(PreprocessStep.Resample)),
            Throws.TypeOf<ItemRejectedException>().With.Message.Contains("16000 Hz, only 24000 Hz"));

    private static IEnumerable<TestCaseData<AudioBuffer, string>> Unusable =>
    [
        new(Signals.Silence(2), "silent: every sample is 0"),
        new(Signals.Tone(2, 0.0005), "silent: its peak is -66.0 dB of full scale, -60 dB or more is allowed"),
        new(Signals.Tone(0.3, 0.5), "too short: 0.30 s, 0.5 s or more is allowed"),
        new(Signals.Tone(2, 0.5, sampleRate: 8000), "sample rate is 8000 Hz, 16000 Hz or more is allowed"),
        new(Signals.Joined(Signals.Tone(1, 0.3), new(Enumerable.Repeat(1f, 2400).ToArray(), 24000)), "clipped: 9.1% of its samples"),
        new(Signals.Joined(Signals.Silence(1), Signals.Tone(0.26, 0.5), Signals.Silence(1)), "too short: 0.4"),
    ];

    [TestCaseSource(nameof(Unusable))]
    public void Unusable_audio_is_rejected_with_what_was_found(AudioBuffer source, string reason) =>
        Assert.That(() => Prepare(source), Throws.TypeOf<ItemRejectedException>().With.Message.StartsWith(reason));

    [Test]
    public void One_clipped_channel_is_enough_to_reject_a_recording() =>
        Assert.That(
            () => Prepare(Decoded(Square, Signals.Tone(2, 0.1).Samples)),
            Throws.TypeOf<ItemRejectedException>().With.Message.StartsWith("clipped: 100.0% of a channel's samples"));

    [Test]
    public void A_recording_with_one_silent_channel_is_used() =>
        Assert.That(Prepare(Decoded(new float[48000], Signals.Tone(2, 0.1).Samples)).Segments, Has.Count.EqualTo(1));

    [Test]
    public void Channels_in_antiphase_are_rejected_for_what_they_are()
    {
        var tone = Signals.Tone(2, 0.5).Samples;
        Assert.That(
            () => Prepare(Decoded(tone, [.. tone.Select(sample => -0.9f * sample)])),
            Throws.TypeOf<ItemRejectedException>().With.Message.StartsWith("its 2 channels cancel each other: their mean keeps 0.3% of their power"));
    }

    private static float[] Square => [.. Enumerable.Range(0, 48000).Select(n => n / 50 % 2 == 0 ? 1f : -1f)];

    private static DecodedFile Decoded(float[] left, float[] right)
    {
        using var folder = new TemporaryFolder();
        Signals.WriteStereo(folder.New("stereo.wav"), left, right);
        return AudioFile.Decode(folder["stereo.wav"]);
    }

    [Test]
    public void Audio_that_a_peak_keeps_below_the_loudness_asked_for_is_told_apart()
    {
        var peaky = Signals.Tone(2, 0.02);
        peaky.Samples[1000] = 0.9f;
        Assert.That(Prepare(peaky).IsHeldByPeak);
        Assert.That(Prepare(English).IsHeldByPeak, Is.False);
    }

    [Test]
    public void Audio_without_speech_is_rejected() =>
        Assert.That(
            () => Prepare(Signals.Tone(2, 0.005), Without(PreprocessStep.Normalize)),
            Throws.TypeOf<ItemRejectedException>().With.Message.EqualTo("no speech was found in it"));
}
