using Tmrvc.Audio;
using Tmrvc.Corpora;

namespace Tmrvc.Features.Tests;

public sealed class AugmentationDrawsTests
{
    private SpeechCorpus _corpus = null!;

    [OneTimeSetUp]
    public async Task MakeCorpus() => _corpus = await SpeechCorpus.MakeAsync();

    [OneTimeTearDown]
    public void Clean() => _corpus.Dispose();

    [Test]
    public void Each_change_happens_as_often_as_it_should_and_within_its_range()
    {
        var draws = Draws(new AugmentationSettings(), 2000);

        Assert.That(Share(draws, draw => draw.Response is not null), Is.EqualTo(0.5).Within(0.04));
        Assert.That(Share(draws, draw => draw.Shelf is not null), Is.EqualTo(0.3).Within(0.04));
        Assert.That(Share(draws, draw => draw.Noise is not null), Is.EqualTo(0.3).Within(0.04));
        Assert.That(Share(draws, draw => draw.Semitones != 0), Is.EqualTo(0.3).Within(0.04));
        Assert.That(draws.Select(draw => draw.Semitones), Is.All.InRange(-2, 2));
        Assert.That(draws.Select(draw => draw.Shelf?.Decibels ?? 0), Is.All.InRange(-6, 6));
        Assert.That(draws.Select(draw => draw.Noise?.SnrDecibels ?? 20), Is.All.InRange(15, 40));
        Assert.That(draws.Where(draw => draw.Noise is not null).GroupBy(draw => draw.Noise!.Kind).Count(), Is.EqualTo(5));
        Assert.That(Share(draws, draw => draw is { Response: not null, Shelf: not null }), Is.EqualTo(0.15).Within(0.03));
    }

    [Test]
    public void Rooms_that_are_held_out_are_never_drawn()
    {
        var drawn = Draws(new AugmentationSettings { RoomProbability = 1 }, 500).Select(draw => draw.Response!.Value).ToHashSet();

        Assert.That(drawn, Is.EquivalentTo(_corpus.Rooms.Of(Split.Train)));
        Assert.That(_corpus.Rooms.Of(Split.Test), Is.Not.Empty);
    }

    [Test]
    public void A_validation_is_in_rooms_of_its_own()
    {
        var draws = new AugmentationDraws(new AugmentationSettings { RoomProbability = 1 }, _corpus.Rooms, seed: 5, Split.Validation);

        Assert.That(Enumerable.Range(0, 500).Select(step => draws.Of(step, "a").Response!.Value).ToHashSet(), Is.EquivalentTo(_corpus.Rooms.Of(Split.Validation)));
        Assert.That(_corpus.Rooms.Of(Split.Validation), Is.Not.Empty);
    }

    [Test]
    public void Without_rooms_to_train_with_a_probability_of_rooms_is_refused()
    {
        using var none = ImpulseResponseShards.Open();

        Assert.That(() => new AugmentationDraws(new(), none, 1), Throws.ArgumentException.With.Message.Contains("room_probability is above 0"));
        Assert.That(new AugmentationDraws(new() { RoomProbability = 0 }, none, 1).Of(0, "a").Response, Is.Null);
    }

    [Test]
    public void Settings_out_of_range_are_all_named()
    {
        var mistakes = new AugmentationSettings { RoomProbability = 1.5, ShelfDecibels = -1, LeastSnr = 20, MostSnr = 10, PitchSemitones = 12, Workers = -1 }.Mistakes();

        Assert.That(mistakes.Select(mistake => mistake.Property), Is.EqualTo(new[] { "room_probability", "shelf_decibels", "pitch_semitones", "most_snr", "workers" }));
    }

    [Test]
    public void Hum_is_at_the_harmonics_of_the_mains_and_pink_noise_falls_by_three_decibels_per_octave()
    {
        var bank = new NoiseBank(_corpus.Audio, [0], 24000, 1);

        Assert.That(Level(bank, NoiseKind.Hum, 50) - Level(bank, NoiseKind.Hum, 75), Is.GreaterThan(30));
        Assert.That(Level(bank, NoiseKind.Hum, 50) - Level(bank, NoiseKind.Hum, 100), Is.EqualTo(6).Within(0.5));
        Assert.That(Level(bank, NoiseKind.Pink, 1000, 200) - Level(bank, NoiseKind.Pink, 4000, 200), Is.EqualTo(6).Within(1));
        Assert.That(Level(bank, NoiseKind.White, 1000, 200) - Level(bank, NoiseKind.White, 8000, 200), Is.EqualTo(0).Within(1));
    }

    [Test]
    public void Every_noise_has_mean_power_one([Values] NoiseKind kind)
    {
        var samples = new float[NoiseBank.Length];
        new NoiseBank(_corpus.Audio, [0], 24000, 1).Add(kind, 12345, 1, samples);

        Assert.That(samples.Average(sample => (double)sample * sample), Is.EqualTo(1).Within(0.001));
    }

    private List<AugmentationDraw> Draws(AugmentationSettings settings, int count)
    {
        var draws = new AugmentationDraws(settings, _corpus.Rooms, seed: 5);
        return [.. Enumerable.Range(0, count).Select(i => draws.Of(i / 8, $"utterance {i % 8}"))];
    }

    private static double Share(List<AugmentationDraw> draws, Func<AugmentationDraw, bool> which) => draws.Count(which) / (double)draws.Count;

    /// <summary>Mean level around a frequency, of two seconds of noise that begin shortly before its end.</summary>
    private static double Level(NoiseBank bank, NoiseKind kind, double hertz, int halfWidth = 1)
    {
        var (samples, fft) = (new float[48000], new RealFft(48000));
        bank.Add(kind, NoiseBank.Length - 10000, 1, samples);
        var (window, spectrum) = (FrameSpectrum.PeriodicHann(48000), new ComplexFloat[fft.Bins]);
        fft.Forward([.. samples.Zip(window, (sample, weight) => sample * weight)], spectrum);
        var centre = (int)(2 * hertz);
        return 10 * Math.Log10(spectrum[(centre - halfWidth)..(centre + halfWidth + 1)].Average(bin => bin.Power));
    }
}
