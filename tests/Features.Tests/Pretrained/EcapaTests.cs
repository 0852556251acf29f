using System.Numerics;
using Tmrvc.Audio;
using Tmrvc.BuildGraph;

namespace Tmrvc.Features.Tests;

public sealed class EcapaTests
{
    private static float[] Speech(int samples) => Resampler.Resample(AudioFile.Read(MiniCorpus.English), 16000).Samples[..samples];

    [TestCase(2400)]
    [TestCase(150)]
    public void The_filterbank_is_that_of_the_definition_in_float64(int length)
    {
        var levels = new EcapaFilterbank().Compute(Speech(length));
        var expected = Reference(Speech(length));

        Assert.That(levels, Has.Length.EqualTo((length / 160 + 1) * EcapaFilterbank.Bands));
        for (var i = 0; i < levels.Length; i++)
            Assert.That(levels[i], Is.EqualTo(expected[i]).Within(0.01), $"frame {i / 80}, band {i % 80}");
    }

    [Test]
    public void An_embedding_is_the_networks_at_unit_length()
    {
        var levels = new EcapaFilterbank().Compute(Speech(16000));
        double[] squares = [.. Enumerable.Range(0, 80).Select(band => levels.Where((_, i) => i % 80 == band).Average(level => (double)level * level))];
        double[] raw = [.. Enumerable.Range(0, 192).Select(row => squares.Select((square, band) => square * TinyNetworks.SpeakerWeight(row, band)).Sum())];
        var length = Math.Sqrt(raw.Sum(value => value * value));

        var embedding = Embed(TinyNetworks.Ecapa(), Speech(16000));

        Assert.That(embedding, Is.EqualTo(raw.Select(value => (float)(value / length))).Within(1e-4));
    }

    [Test]
    public void Loudness_does_not_matter()
    {
        var speech = Speech(16000);
        Assert.That(
            Embed(TinyNetworks.Ecapa(), [.. speech.Select(sample => sample / 4)]), Is.EqualTo(Embed(TinyNetworks.Ecapa(), speech)).Within(1e-4));
    }

    [Test]
    public void A_network_without_lengths_whose_embedding_has_another_axis_does_too()
    {
        var model = new OnnxModel()
            .Input("fbank", OnnxModel.Float, "batch", "frames", "80")
            .Constant("weight", [.. Enumerable.Range(0, 80 * 192).Select(i => (float)Math.Sin(i))], 80, 192)
            .Constant("time", [1L], 1)
            .Node("Mul", ["fbank", "fbank"], "squares")
            .Node("ReduceMean", ["squares", "time"], "means", ("keepdims", [1]))
            .Node("MatMul", ["means", "weight"], "embedding")
            .Output("embedding", OnnxModel.Float, "batch", "1", "192");

        Assert.That(Embed(model.ToArray(), Speech(8000)).Sum(value => (double)value * value), Is.EqualTo(1).Within(1e-5));
    }

    [Test]
    public void An_embedding_without_direction_is_refused() => Assert.That(
        () => Embed(TinyNetworks.Ecapa(), new float[8000]),
        Throws.TypeOf<ItemRejectedException>().With.Message.Contains("ECAPA-TDNN gives an embedding of length 0"));

    private static float[] Embed(byte[] model, float[] samples)
    {
        using var file = new NetworkFile(model);
        using var network = new PretrainedNetwork(file.Path, Ecapa.Signature);
        return new Ecapa(network).Embed(new AudioBuffer(samples, 16000));
    }

    /// <summary>Of the definition: discrete Fourier sums, symmetric triangles, decibels within 80 of the loudest, without their means.</summary>
    private static double[] Reference(float[] samples)
    {
        var frames = samples.Length / 160 + 1;
        double At(int index) => index >= 0 && index < samples.Length ? samples[index] : 0;
        var levels = new double[frames, 80];
        for (var frame = 0; frame < frames; frame++)
        {
            var windowed = Enumerable.Range(0, 400).Select(n => At(frame * 160 + n - 200) * (0.54 - 0.46 * Math.Cos(2 * Math.PI * n / 400))).ToArray();
            var power = Enumerable.Range(0, 201).Select(bin => Math.Pow(windowed
                .Select((value, n) => value * Complex.FromPolarCoordinates(1, -2 * Math.PI * (bin * n % 400) / 400))
                .Aggregate(Complex.Add).Magnitude, 2)).ToArray();
            for (var band = 0; band < 80; band++)
                levels[frame, band] = 10 * Math.Log10(Math.Max(1e-10, power.Select((value, bin) => value * Triangle(band, bin * 40)).Sum()));
        }
        var lowest = levels.Cast<double>().Max() - 80;
        var limited = levels.Cast<double>().Select(level => Math.Max(level, lowest)).ToArray();
        return [.. limited.Select((level, i) => level - limited.Where((_, j) => j % 80 == i % 80).Average())];
    }

    private static double Triangle(int band, double hertz)
    {
        double Edge(int i) => 700 * (Math.Pow(10, i * (2595 * Math.Log10(1 + 8000 / 700.0)) / 81 / 2595) - 1);
        var slope = (hertz - Edge(band + 1)) / (Edge(band + 1) - Edge(band));
        return Math.Max(0, Math.Min(slope + 1, 1 - slope));
    }
}
