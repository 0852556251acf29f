using Tmrvc.Audio.Tests.Support;

namespace Tmrvc.Audio.Tests;

public sealed class SphinxCepstraTests
{
    private static readonly SphinxFrontEndSettings Settings = SphinxFrontEndSettings.Read(Path.Combine(SphinxFrontEnd.Model, "feat.params"));

    [Test]
    public void Cepstra_are_those_of_Sphinx_itself([Values("allison-en", "carlo-it", "june-fr")] string voice, [Values] bool removesNoise)
    {
        var samples = Samples(voice);
        using var folder = new Folder();
        var theirs = SphinxFrontEnd.Cepstra(folder.File(voice), samples, removesNoise);
        var ours = Compute(samples, removesNoise);

        Assert.That(theirs, Has.Length.InRange(ours.Length, ours.Length + 2 * Settings.Cepstra), "it adds the rest at the end");
        Assert.That(ours.Zip(theirs, (a, b) => Math.Abs(a - b)).Max(), Is.LessThan(1e-3), "of some hundreds");
    }

    [Test]
    public void Taking_noise_away_makes_a_difference()
    {
        var samples = Samples("allison-en");
        var (without, with) = (Compute(samples, removesNoise: false), Compute(samples, removesNoise: true));
        Assert.That(without.Zip(with, (a, b) => Math.Abs(a - b)).Average(), Is.GreaterThan(0.1));
    }

    [Test]
    public void What_the_front_end_cannot_do_is_named()
    {
        using var folder = new Folder();
        File.WriteAllText(folder.File("feat.params"), "-transform legacy\n-svspec 0-12/13-25/26-38");
        Assert.That(
            () => SphinxFrontEndSettings.Read(folder.File("feat.params")),
            Throws.TypeOf<UnusableAcousticModelException>().With.Message.EndsWith("feat.params: -transform is legacy, dct is allowed"));
    }

    private static short[] Samples(string voice) =>
        [.. AudioFile.Read(Speech.Path(voice)).Samples.Select(sample => (short)Math.Round(sample * 32767))];

    private static float[] Compute(short[] samples, bool removesNoise) =>
        new SphinxCepstra(Settings with { RemovesNoise = removesNoise }).Compute(
            [0, .. samples.Select(sample => sample / 32768f)], (samples.Length - Settings.WindowLength) / Settings.HopLength + 1);
}
