using Tmrvc.Audio.Tests.Support;

namespace Tmrvc.Audio.Tests.Rooms;

public sealed class ImpulseResponsePreparationTests
{
    private readonly ImpulseResponsePreparation preparation = new(24000, Decays.Bands, new());

    [TestCase(48000)]
    [TestCase(24000)]
    public void The_direct_sound_comes_two_and_a_half_milliseconds_after_the_beginning(int sampleRate)
    {
        var (response, parameters) = preparation.Prepare(Late(Decays.Noise(0.5, 1, direct: 50), sampleRate));

        Assert.That((response.SampleRate, response.Direct, response.Bandwidth), Is.EqualTo((24000, 60, 12000)));
        Assert.That(DirectSound.Find(response.Samples, 24000), Is.EqualTo(60));
        Assert.That(parameters.Mask, Is.All.EqualTo(1));
    }

    [Test]
    public void A_response_at_16_kHz_does_not_tell_about_the_two_highest_bands_and_does_not_take_the_highs_away()
    {
        var (response, parameters) = preparation.Prepare(Late(Decays.Noise(0.5, 1, direct: 50), 16000));

        Assert.That((response.Bandwidth, response.Direct), Is.EqualTo((8000, 60)));
        Assert.That(parameters.Mask, Is.EqualTo(new[] { 1f, 1, 1, 1, 1, 1, 0, 0 }));
        Assert.That(Level(response, 9000, 11500) - Level(response with { Samples = response.Split().Direct }, 4000, 6500), Is.EqualTo(0).Within(1.5));
    }

    [TestCase(16000, 48000, 1, 8000)]
    [TestCase(18000, 48000, 1, 9000)]
    [TestCase(16000, 24000, 1, 8000)]
    [TestCase(22050, 48000, 0.05, 11025)]
    public void A_response_that_was_brought_to_a_higher_rate_is_known_by_its_spectrum(int measured, int stored, double amplitude, double bandwidth)
    {
        var file = Resampler.Resample(Late(Decays.Noise(0.5, 1, direct: 5), measured), stored);
        var loudest = file.Samples.Max(Math.Abs);
        var steps = Array.ConvertAll(file.Samples, sample => MathF.Round((float)(sample / loudest * amplitude) * 32768) / 32768);

        var (response, parameters) = preparation.Prepare(file with { Samples = steps });

        Assert.That(response.Bandwidth, Is.EqualTo(bandwidth).Within(3).Percent);
        Assert.That(parameters.Mask, Is.EqualTo(new[] { 1f, 1, 1, 1, 1, 1, bandwidth > 11000 ? 1 : 0, 0 }));
    }

    [Test]
    public void A_sweep_that_ended_below_the_noise_of_a_better_microphone_is_known_by_it()
    {
        var sweep = Resampler.Resample(new AudioBuffer(Resampler.Resample(
            new AudioBuffer(Decays.Noise(0.5, 1), 24000), 16000).Samples, 16000), 24000).Samples;

        var (response, _) = preparation.Prepare(new AudioBuffer(Decays.WithNoise(sweep, -50, 2, seconds: 1), 24000));

        Assert.That(response.Bandwidth, Is.EqualTo(8000).Within(3).Percent);
    }

    [Test]
    public void What_is_completed_is_not_told()
    {
        var (_, parameters) = preparation.Prepare(Late(Decays.Noise(0.5, 1, direct: 50), 18000));

        Assert.That(parameters.Mask, Is.EqualTo(new[] { 1f, 1, 1, 1, 1, 1, 0, 0 }), "from 7650 Hz on it is not as measured");
    }

    [TestCase(7)]
    [TestCase(4)]
    public void A_decay_that_is_longer_than_what_is_kept_is_told_as_the_longest(double seconds)
    {
        var (response, parameters) = preparation.Prepare(new AudioBuffer(Decays.Noise(seconds, 1, lasting: 1), 24000));

        Assert.That(response.Samples, Has.Length.EqualTo(3 * 24000));
        Assert.That(parameters.Mask, Is.All.EqualTo(1));
        Assert.That(Enumerable.Range(0, 8).Select(parameters.Rt60), Is.All.EqualTo(3));
    }

    [Test]
    public void A_decay_that_nearly_fills_what_is_kept_has_its_time()
    {
        var (_, parameters) = preparation.Prepare(new AudioBuffer(Decays.Noise(2.8, 1), 24000));

        Assert.That(new[] { parameters.Rt60(6), parameters.Rt60(7) }, Is.All.EqualTo(2.8).Within(5).Percent);
    }

    [Test]
    public void The_noise_after_the_decay_is_cut_off()
    {
        var noisy = Decays.WithNoise(Decays.Noise(0.5, 1), -50, 2, seconds: 2);

        var (response, _) = preparation.Prepare(new AudioBuffer(noisy, 24000));

        Assert.That(response.Samples.Length / 24000.0, Is.InRange(0.3, 0.6));
        Assert.That(response.Samples[^1], Is.EqualTo(0).Within(1e-4));
    }

    [Test]
    public void Of_a_recording_of_minutes_the_beginning_is_looked_at()
    {
        var samples = new float[90 * 24000];
        Decays.Noise(0.5, 1).CopyTo(samples, 24000);
        samples[^1] = 1e-3f;

        var (response, parameters) = preparation.Prepare(new AudioBuffer(samples, 24000));

        Assert.That(response.Samples, Has.Length.LessThan(24000));
        Assert.That(parameters.Rt60(6), Is.EqualTo(0.5).Within(5).Percent);
    }

    [Test]
    public void Speech_keeps_its_energy()
    {
        var speech = Speech.Prepared("allison-en").Samples;
        var gains = Enumerable.Range(0, 8).Select(seed =>
        {
            var (response, _) = preparation.Prepare(new AudioBuffer(Decays.Noise(0.4 + 0.1 * seed, seed), 24000));
            var wet = new float[speech.Length];
            new FastConvolution().Convolve(speech, response.Samples, response.Direct, wet);
            return 20 * Math.Log10(Signals.RootMeanSquare(wet) / Signals.RootMeanSquare(speech));
        }).ToArray();

        Assert.That(gains, Is.All.EqualTo(0).Within(3));
        Assert.That(gains.Average(), Is.EqualTo(0).Within(1));
    }

    [Test]
    public void What_is_no_response_is_refused_with_what_was_found()
    {
        Assert.That(() => Prepare(new float[5000]), Throws.TypeOf<UnusableResponseException>().With.Message.EqualTo("silence"));
        Assert.That(() => Prepare(Signals.Noise(1, 24000)), Throws.TypeOf<UnusableResponseException>());
        Assert.That(() => Prepare(Signals.Tone(440, 1, 24000)), Throws.TypeOf<UnusableResponseException>());
        Assert.That(() => Prepare([1f]), Throws.TypeOf<UnusableResponseException>());
    }

    private void Prepare(float[] samples) => preparation.Prepare(new AudioBuffer(samples, 24000));

    /// <summary>With 20 ms before it, as if it had been measured at another rate.</summary>
    private static AudioBuffer Late(float[] samples, int sampleRate) =>
        Resampler.Resample(new AudioBuffer([.. new float[480], .. samples], 24000), sampleRate);

    private static double Level(ImpulseResponse response, double low, double high)
    {
        var fft = new RealFft(65536);
        var (time, spectrum) = (new float[fft.Size], new ComplexFloat[fft.Bins]);
        response.Samples.CopyTo(time, 0);
        fft.Forward(time, spectrum);
        return 10 * Math.Log10(spectrum[(int)(low / 24000 * 65536)..(int)(high / 24000 * 65536)].Average(bin => bin.Power));
    }
}
