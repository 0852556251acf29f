using Tmrvc.Audio;
using TorchSharp;
using static TorchSharp.torch;

namespace Tmrvc.Training.Tests;

public sealed class MelSpectrumTests
{
    private static readonly SignalParameters Signal = new(24000, 1024, 240, 960, 80, 0, 12000, 1e-10);

    [Test]
    public void It_is_the_log_mel_that_features_are_made_of()
    {
        using var scope = NewDisposeScope();
        using var mel = new MelSpectrum(Signal, CPU);
        var random = new Random(3);
        float[] waveform = [.. Enumerable.Range(0, 240 * 20).Select(n => (float)(0.3 * Math.Sin(0.05 * n) + 0.01 * random.NextDouble()))];
        var found = mel.Of(tensor(waveform, [1, waveform.Length]));
        Assert.That(found.shape, Is.EqualTo(new long[] { 1, 80, 20 }));
        Assert.That(found.contiguous().data<float>().ToArray(), Is.EqualTo(new LogMel(Signal).Compute(waveform)).Within(2e-3));
    }

    [Test]
    public void Digital_silence_lies_at_the_floor()
    {
        using var scope = NewDisposeScope();
        using var mel = new MelSpectrum(Signal, CPU);
        Assert.That(mel.Of(zeros(1, 480)).data<float>().ToArray(), Is.All.EqualTo(MathF.Log(1e-10f)).Within(1e-4));
    }
}
