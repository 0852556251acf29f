using Tmrvc.Audio.Tests.Support;

namespace Tmrvc.Audio.Tests;

public sealed class PhonePosteriorsTests
{
    private static readonly PhoneModel Model = PhoneModel.Load(SphinxFrontEnd.Model);

    private static PhonePosteriors Posteriors(double sharpness = 1, int hop = 240, int window = 960) => new(Model, new() { Sharpness = sharpness }, hop, window);

    [TestCase(240)]
    [TestCase(1199)]
    [TestCase(48_000)]
    public void Every_frame_of_the_mel_has_probabilities_that_sum_to_one(int samples)
    {
        var posteriors = Posteriors().Compute(new(Speech.Prepared("june-fr").Samples[..samples], 24000));
        var frames = samples / 240;
        Assert.That(posteriors, Has.Length.EqualTo(42 * frames));
        Assert.That(posteriors, Is.All.InRange(0, 1));
        for (var frame = 0; frame < frames; frame++)
            Assert.That(Enumerable.Range(0, 42).Sum(phone => posteriors[phone * frames + frame]), Is.EqualTo(1).Within(1e-5));
    }

    [Test]
    public void Pauses_are_silence_and_hissing_is_a_fricative()
    {
        var speech = Speech.Prepared("allison-en").Samples;
        var hiss = Signals.Noise(0.3, 24000, 0.1);
        for (var i = hiss.Length - 1; i > 1; i--)
            hiss[i] -= 2 * hiss[i - 1] - hiss[i - 2];
        var pause = Signals.Noise(0.3, 24000, 0.0005);
        var found = Posteriors().Compute(new([.. pause, .. speech[9600..28_800], .. hiss, .. pause], 24000));
        Assert.That(Share(found, 5, 25, "SIL", "+NSN+"), Is.GreaterThan(0.8));
        Assert.That(Share(found, 30 + 80 + 5, 30 + 80 + 25, "S", "Z", "SH", "T", "CH", "TH", "F"), Is.GreaterThan(0.8));
    }

    [Test]
    public void A_pulse_is_heard_evenly_about_the_frame_that_it_is_in_the_middle_of([Values(40, 41, 50)] int frame)
    {
        var middle = 160 * (frame + 1) - 320; // at the model's own rate: what resampling leaves in digital silence is heard too
        float[] pulse = [.. Enumerable.Range(0, 16000).Select(n => 0.5f * MathF.Exp(-0.0225f * (n - middle) * (n - middle)))];
        var found = Posteriors(hop: 160, window: 640).Compute(new(pulse, 16000));

        var quiet = Column(found, 90);
        var heard = Enumerable.Range(0, 100).Where(t => Column(found, t).Zip(quiet, (a, b) => Math.Abs(a - b)).Max() > 0.02).ToList();
        Assert.That((heard[0], heard[^1]), Is.EqualTo((frame - 4, frame + 4)), "its window and three frames of Δ and ΔΔ on each side");
    }

    private static float[] Column(float[] posteriors, int frame) =>
        [.. Enumerable.Range(0, 42).Select(phone => posteriors[phone * (posteriors.Length / 42) + frame])];

    [Test]
    public void Little_sharpness_leaves_every_phone_about_as_probable()
    {
        var audio = Speech.Prepared("june-fr");
        Assert.That(Posteriors(1).Compute(audio).Max(), Is.GreaterThan(0.9));
        Assert.That(Posteriors(0.01).Compute(audio).Max(), Is.LessThan(0.1));
    }

    [Test]
    public void Hops_of_other_lengths_are_refused() =>
        Assert.That(
            () => Posteriors().Compute(new(new float[4800], 16000)),
            Throws.ArgumentException.With.Message.Contains("16000 Hz in hops of 240 samples, hops of 10 ms are allowed"));

    /// <summary>The mean over frames of the probability of any of these phones.</summary>
    private static double Share(float[] posteriors, int from, int to, params string[] phones)
    {
        var frames = posteriors.Length / 42;
        return phones.Sum(phone => Model.Phones.ToList().IndexOf(phone) is var row
            ? Enumerable.Range(from, to - from).Average(frame => posteriors[row * frames + frame]) : 0);
    }
}
