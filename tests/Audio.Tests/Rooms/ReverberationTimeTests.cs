namespace Tmrvc.Audio.Tests.Rooms;

public sealed class ReverberationTimeTests
{
    private readonly ImpulseResponseAnalysis analysis = new(Decays.Bands);

    [Test]
    public void A_decaying_tone_has_its_time_within_one_percent_in_every_band(
        [Values(0.05, 0.1, 0.3, 0.7, 1.5, 3)] double seconds, [Range(0, 7)] int band)
    {
        var parameters = analysis.Analyze(Decays.Response(Decays.Tone(Centre(band), seconds)));

        Assert.That(parameters.Rt60(band), Is.EqualTo(seconds).Within(1).Percent);
    }

    /// <summary>A single decay of noise strays by 0.55/√(width · time); the mean of sixteen by a quarter of that.</summary>
    [Test]
    public void Decaying_noise_has_its_time_within_five_percent_on_average([Values(0.2, 1)] double seconds)
    {
        var found = Mean(Enumerable.Range(0, 16).Select(seed => analysis.Analyze(Decays.Response(Decays.Noise(seconds, seed)))));

        Assert.That(found, Is.All.EqualTo(seconds).Within(5).Percent);
    }

    [Test]
    public void Single_decays_of_noise_in_the_wide_bands_are_within_five_percent([Values(0.6, 1.5)] double seconds)
    {
        for (var seed = 0; seed < 8; seed++)
        {
            var parameters = analysis.Analyze(Decays.Response(Decays.Noise(seconds, seed)));
            Assert.That(new[] { parameters.Rt60(6), parameters.Rt60(7) }, Is.All.EqualTo(seconds).Within(5).Percent);
        }
    }

    [Test]
    public void The_noise_of_the_measurement_is_not_taken_for_reverberation([Values(-60, -40)] int decibels)
    {
        var found = Mean(Enumerable.Range(0, 16).Select(seed => analysis.Analyze(
            Decays.Response(Decays.WithNoise(Decays.Noise(0.6, seed), decibels, 100 + seed, seconds: 1)))));

        Assert.That(found, Is.All.EqualTo(0.6).Within(5).Percent);
    }

    [Test]
    public void Each_band_has_its_own_time()
    {
        double[] times = [0.9, 1.2, 0.5, 1.0, 0.4, 0.8, 0.3, 0.6];
        var samples = new float[2 * Decays.SampleRate];
        for (var band = 0; band < 8; band++)
            foreach (var (n, value) in Decays.Tone(Centre(band), times[band]).Index())
                samples[n] += value;

        var parameters = analysis.Analyze(Decays.Response(samples));

        for (var band = 0; band < 8; band++)
            Assert.That(parameters.Rt60(band), Is.EqualTo(times[band]).Within(3).Percent, () => $"band {band}");
    }

    [Test]
    public void A_strong_direct_sound_does_not_shorten_the_time()
    {
        var found = Mean(Enumerable.Range(0, 16).Select(seed => analysis.Analyze(Decays.Response(Decays.Noise(0.5, seed, direct: 2000)))));

        Assert.That(found, Is.All.EqualTo(0.5).Within(5).Percent);
    }

    [Test]
    public void A_band_whose_decay_disappears_in_noise_is_masked()
    {
        var parameters = analysis.Analyze(Decays.Response(Decays.WithNoise(Decays.Noise(0.6, 1), decibels: -12, seed: 2, seconds: 1)));

        Assert.That(parameters.Mask, Is.All.EqualTo(0));
    }

    [Test]
    public void A_response_that_ends_long_before_its_decay_is_masked()
    {
        Assert.That(analysis.Analyze(Decays.Response(Decays.Noise(2, 1, lasting: 0.2))).Mask, Is.All.EqualTo(0));
    }

    [Test]
    public void Bands_beyond_the_bandwidth_are_masked_and_hold_nothing()
    {
        var parameters = analysis.Analyze(Decays.Response(Decays.Noise(0.5, 1), bandwidth: 8000));

        Assert.That(parameters.Mask, Is.EqualTo(new[] { 1f, 1, 1, 1, 1, 1, 0, 0 }));
        Assert.That(new[] { parameters.Rt60(6), parameters.Drr(7), parameters.Tilt(6) }, Is.All.Zero);
        Assert.That(parameters.Values, Has.Length.EqualTo(24));
    }

    private static double Centre(int band) => band == 0 ? 200 : (Decays.Bands.Edges[band] + Decays.Bands.Edges[band + 1]) / 2;

    private static double[] Mean(IEnumerable<ImpulseResponseParameters> responses)
    {
        var list = responses.ToList();
        Assert.That(list.SelectMany(parameters => parameters.Mask), Is.All.EqualTo(1));
        return [.. Enumerable.Range(0, 8).Select(band => list.Average(parameters => (double)parameters.Rt60(band)))];
    }
}
