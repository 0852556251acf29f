using Tmrvc.Audio;

namespace Tmrvc.Streaming.Tests;

public sealed class HopSynthesisTests
{
    private const int Hop = 240, Bins = 513;

    [Test]
    public void Spectra_of_speech_become_the_speech_three_hops_later()
    {
        var speech = Workbench.Speech(1);
        var frames = speech.Length / Hop;
        var spectra = new ComplexFloat[frames * Bins];
        new ShortTimeFourier(Workbench.Signal).Analyze(speech, spectra);

        var synthesis = new HopSynthesis(Workbench.Signal);
        var samples = new float[frames * Hop];
        for (var frame = 0; frame < frames; frame++)
        {
            var spectrum = spectra.AsSpan(frame * Bins, Bins).ToArray();
            synthesis.Push([.. spectrum.Select(bin => MathF.Sqrt(bin.Power))], [.. spectrum.Select(bin => MathF.Atan2(bin.Imaginary, bin.Real))], samples.AsSpan(frame * Hop, Hop));
        }

        Assert.That(samples[(3 * Hop)..].Zip(speech).Max(pair => Math.Abs(pair.First - pair.Second)), Is.LessThan(1e-5));
        Assert.That(samples[..(3 * Hop)].Max(Math.Abs), Is.LessThan(1e-5));
    }
}
