using static TorchSharp.torch;

namespace TorchSharp.Tests;

public sealed class FourierTests
{
    private DisposeScope scope = null!;

    [SetUp]
    public void Enter() => scope = NewDisposeScope();

    [TearDown]
    public void Leave() => scope.Dispose();

    [Test]
    public void A_cosine_has_one_bin()
    {
        var wave = (arange(16, ScalarType.Float64) * (2 * Math.PI * 3 / 16)).cos();
        double[] magnitudes = fft.rfft(wave).abs().Doubles();
        Assert.That(
            magnitudes.Select(value => Math.Round(value, 9)),
            Is.EqualTo(Enumerable.Range(0, 9).Select(bin => bin == 3 ? 8.0 : 0.0)));
    }

    [TestCase(FFTNormType.Backward)]
    [TestCase(FFTNormType.Ortho)]
    [TestCase(FFTNormType.Forward)]
    public void The_inverse_returns_the_signal(FFTNormType norm)
    {
        var signal = randn(2, 15);
        Assert.That(fft.irfft(fft.rfft(signal, norm: norm), 15, norm: norm).allclose(signal, 1e-5, 1e-6), Is.True);
    }

    [Test]
    public void Overlap_added_frames_return_the_signal()
    {
        var signal = randn(2, 400);
        var window = hann_window(64);
        var frames = stft(signal, 64, 16, 64, window, return_complex: true);
        Assert.That(frames.shape, Is.EqualTo(new long[] { 2, 33, 26 }));
        Assert.That(istft(frames, 64, 16, 64, window, length: 400).allclose(signal, 1e-4, 1e-5), Is.True);
    }

    [Test]
    public void A_real_stft_holds_the_parts_of_the_complex_one()
    {
        var signal = randn([100]);
        var complex = signal.stft(32, 8, return_complex: true);
        var real = signal.stft(32, 8);
        Assert.That(complex.is_complex(), Is.True);
        Assert.That(real.shape, Is.EqualTo((long[])[17, 13, 2]));
        Assert.That(real.select(-1, 1).allclose(complex.imag), Is.True);
    }

    [Test]
    public void A_Hann_window_is_a_raised_cosine()
    {
        double[] expected = [.. Enumerable.Range(0, 8).Select(i => 0.5 - 0.5 * Math.Cos(2 * Math.PI * i / 8))];
        Assert.That(hann_window(8, dtype: ScalarType.Float64).Doubles(), Is.EqualTo(expected).Within(1e-12));
    }
}
