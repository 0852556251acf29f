using Tmrvc.Audio.Tests.Support;

namespace Tmrvc.Audio.Tests.Rooms;

public sealed class DirectRatioTests
{
    private readonly ImpulseResponseAnalysis analysis = new(Decays.Bands);

    /// <summary>White noise after a white direct sound: the ratio is the same in each band, but for the noise's own ripple.</summary>
    [Test]
    public void The_ratio_of_a_direct_sound_to_noise_is_found_within_half_a_decibel_on_average([Values(-8, 10, 25)] double decibels)
    {
        var found = Enumerable.Range(0, 12).Select(seed => analysis.Analyze(Decays.Response(WithRatio(decibels, seed)))).ToList();

        for (var band = 0; band < 8; band++)
            Assert.That(found.Average(parameters => parameters.Drr(band)), Is.EqualTo(decibels).Within(0.5), () => $"band {band}");
    }

    [Test]
    public void In_the_wide_bands_a_single_response_is_within_one_decibel([Values(-8, 10)] double decibels)
    {
        for (var seed = 0; seed < 12; seed++)
        {
            var parameters = analysis.Analyze(Decays.Response(WithRatio(decibels, seed)));
            Assert.That(new[] { parameters.Drr(3), parameters.Drr(6), parameters.Drr(7) }, Is.All.EqualTo(decibels).Within(1));
        }
    }

    [Test]
    public void What_comes_within_the_window_is_direct_and_what_comes_later_is_not()
    {
        var samples = Decays.Noise(0.4, 1, direct: 0);
        Array.Clear(samples, 0, Decays.Direct + 100);
        samples[Decays.Direct] = 3;
        samples[Decays.Direct + 40] = 4;
        var (direct, late) = Decays.Response(samples).Split();

        Assert.That(direct.Where(value => value != 0), Is.EqualTo(new[] { 3f, 4 }));
        Assert.That(direct.Zip(late, (a, b) => a + b), Is.EqualTo(samples));
    }

    [Test]
    public void The_first_arrival_is_found_although_a_reflection_is_louder()
    {
        var samples = new float[2000];
        samples[500] = -0.4f;
        samples[501] = 0.1f;
        samples[900] = 1;

        Assert.That(DirectSound.Find(samples, 24000), Is.EqualTo(500));
        Assert.That(DirectSound.Find(new float[10], 24000), Is.EqualTo(-1));
    }

    /// <summary>Noise after the window with the energy that the ratio to a direct sound of amplitude 1 asks for.</summary>
    private static float[] WithRatio(double decibels, int seed)
    {
        var samples = Decays.Noise(0.6, seed, direct: 0);
        Array.Clear(samples, 0, Decays.Direct + 60);
        var energy = samples.Length * Math.Pow(Signals.RootMeanSquare(samples), 2);
        var gain = Math.Sqrt(Math.Pow(10, -decibels / 10) / energy);
        samples = Array.ConvertAll(samples, value => (float)(gain * value));
        samples[Decays.Direct] = 1;
        return samples;
    }
}
