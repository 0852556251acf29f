using Tmrvc.Audio.Tests.Support;

namespace Tmrvc.Audio.Tests;

public sealed class PhoneModelTests
{
    private Folder _folder = null!;

    [SetUp]
    public void Copy()
    {
        _folder = new Folder();
        foreach (var file in Directory.EnumerateFiles(SphinxFrontEnd.Model))
            File.Copy(file, _folder.File(Path.GetFileName(file)));
    }

    [TearDown]
    public void Delete() => _folder.Dispose();

    private PhoneModel Load() => PhoneModel.Load(_folder.File("."));

    [Test]
    public void The_model_has_42_phones_of_three_states_whose_weights_nearly_sum_to_one()
    {
        var model = Load();
        Assert.That(model.Phones, Has.Count.EqualTo(42));
        Assert.That(model.Phones, Is.SupersetOf(new[] { "SIL", "+NSN+", "+SPN+", "AA", "ZH" }));
        Assert.That(model.States, Is.EqualTo(3));
        for (var phone = 0; phone < 42; phone++)
            Assert.That(model.Weights(phone, 1, 2).Sum(), Is.EqualTo(0.95).Within(0.04), "bytes are coarse");
    }

    [Test]
    public void Either_order_of_bytes_is_read()
    {
        var little = SphinxGaussians.Read(_folder.File("means"));
        var bytes = File.ReadAllBytes(_folder.File("means"));
        for (var i = bytes.AsSpan().IndexOf("endhdr\n"u8) + 7; i < bytes.Length; i += 4)
            bytes.AsSpan(i, 4).Reverse();
        File.WriteAllBytes(_folder.File("means"), bytes);

        Assert.That(SphinxGaussians.Read(_folder.File("means")).Values, Is.EqualTo(little.Values));
    }

    [TestCase("means", 400_000, "209664 numbers are announced, and it has 99982")]
    [TestCase("mdef", 1075, "it ends at byte 1075")]
    [TestCase("sendump", 1000, "it ends at byte 1000, and 1968384 bytes are needed")]
    public void A_file_that_was_cut_is_named(string file, int bytes, string found)
    {
        using (var cut = File.OpenWrite(_folder.File(file)))
            cut.SetLength(bytes);
        Assert.That(
            Load, Throws.TypeOf<UnusableAcousticModelException>()
                .With.Message.Contains($"{file}: {found}").And.Message.EndsWith("fetch the acoustic model again"));
    }

    [Test]
    public void A_changed_number_is_found_by_the_checksum()
    {
        var bytes = File.ReadAllBytes(_folder.File("variances"));
        bytes[400_000] ^= 1;
        File.WriteAllBytes(_folder.File("variances"), bytes);
        Assert.That(Load, Throws.TypeOf<UnusableAcousticModelException>().With.Message.Contains("variances: its checksum is"));
    }

    [Test]
    public void Means_of_another_model_are_refused()
    {
        File.Copy(_folder.File("mdef"), _folder.File("means"), overwrite: true);
        Assert.That(Load, Throws.TypeOf<UnusableAcousticModelException>().With.Message.Contains("does not begin with s3"));
        File.Delete(_folder.File("means"));
        Assert.That(Load, Throws.TypeOf<UnusableAcousticModelException>().With.Message.Contains("means: is not there"));
    }

    [Test]
    public void Densities_are_those_of_double_precision()
    {
        var (means, variances) = (SphinxGaussians.Read(_folder.File("means")).Values, SphinxGaussians.Read(_folder.File("variances")).Values);
        var codebook = new GaussianCodebook(means.AsSpan(0, 128 * 13), variances.AsSpan(0, 128 * 13), 13);
        var frames = Signals.Noise(4 * 13 / 16000.0, 16000, amplitude: 20);
        var densities = new float[4 * codebook.Size];
        codebook.Evaluate(frames, densities);
        for (var i = 0; i < densities.Length; i++)
            Assert.That(densities[i], Is.EqualTo(Density(frames.AsSpan(i / 128 * 13, 13), i % 128)).Within(1e-4).Percent);

        double Density(ReadOnlySpan<float> frame, int gaussian)
        {
            var sum = 0.0;
            for (var i = 0; i < 13; i++)
            {
                double variance = Math.Max(variances[gaussian * 13 + i], 1e-4), far = frame[i] - (double)means[gaussian * 13 + i];
                sum -= 0.5 * (Math.Log(2 * Math.PI * variance) + far * far / variance);
            }
            return sum;
        }
    }
}
