using Tmrvc.Audio.Tests.Support;

namespace Tmrvc.Audio.Tests;

public sealed class GriffinLimTests
{
    private readonly LogMel logMel = new(Signals.Parameters);
    private readonly GriffinLim griffinLim = new(Signals.Parameters);

    [Test]
    public void Reconstructed_speech_has_the_mel_it_was_made_from_within_1_dB()
    {
        var target = logMel.Compute(Speech.Prepared("allison-en").Samples);
        var found = logMel.Compute(griffinLim.Reconstruct(target).Samples);
        double[] differences = [.. target.Zip(found).Where(pair => pair.First > -9).Select(pair => 10 / Math.Log(10) * Math.Abs(pair.First - pair.Second))];
        Assert.That(differences.Average(), Is.LessThan(1.0));
    }

    [Test]
    public void A_reconstructed_voice_keeps_its_F0()
    {
        var target = logMel.Compute(Signals.Harmonics(_ => 200, 1));
        var f0 = new Pitch(Signals.Parameters).Compute(griffinLim.Reconstruct(target).Samples);
        Assert.That(f0[20..80], Is.All.EqualTo(200f).Within(3).Percent);
    }

    [Test]
    public void The_same_mel_gives_the_same_samples()
    {
        var target = logMel.Compute(Speech.Prepared("june-fr").Samples[..24000]);
        Assert.That(new GriffinLim(Signals.Parameters).Reconstruct(target).Samples, Is.EqualTo(griffinLim.Reconstruct(target).Samples));
    }

    [TestCase(0)]
    [TestCase(1)]
    [TestCase(7)]
    public void A_hop_of_samples_comes_out_for_every_frame(int frames)
    {
        Assert.That(griffinLim.Reconstruct(new float[80 * frames]).Samples, Has.Length.EqualTo(240 * frames));
    }

    [Test]
    public void Silence_stays_silent()
    {
        var silence = logMel.Compute(new float[24000]);
        Assert.That(Signals.RootMeanSquare(griffinLim.Reconstruct(silence).Samples), Is.LessThan(1e-5));
    }

    [Test]
    public void Synthesis_undoes_analysis()
    {
        var samples = Signals.Noise(0.5, 24000);
        var transform = new ShortTimeFourier(Signals.Parameters);
        var spectra = new ComplexFloat[50 * 513];
        transform.Analyze(samples, spectra);
        Assert.That(transform.Synthesize(spectra, 50)[..^240], Is.EqualTo(samples[..^240]).Within(1e-4f));
    }

    [Test]
    public void The_spectrum_behind_mel_bands_is_not_negative_and_gives_them_back()
    {
        var mel = logMel.Compute(Speech.Prepared("carlo-it").Samples[24000..24960]).Chunk(4).Select(row => MathF.Exp(row[3])).ToArray();
        var (power, back) = (new float[513], new float[80]);
        new MelInversion(Signals.Parameters, 200).Invert(mel, power);
        new MelFilterbank(Signals.Parameters).Apply(power, back);
        Assert.That(power, Is.All.GreaterThanOrEqualTo(0f));
        Assert.That(back.Zip(mel, (found, wanted) => Math.Abs(Math.Log(found / wanted))).Average(), Is.LessThan(0.05));
    }
}
