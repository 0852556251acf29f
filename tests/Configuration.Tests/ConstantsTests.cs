namespace Tmrvc.Configuration.Tests;

public sealed class ConstantsTests
{
    [Test]
    public void The_constants_file_of_the_repository_binds_key_for_key()
    {
        var path = Path.Combine(RepositoryRoot(), "configs", "constants.yaml");
        var constants = ConfigurationLoader.Load<Constants>([new("configs/constants.yaml", File.ReadAllText(path))], []);

        Assert.That((constants.SampleRate, constants.HopLength, constants.LogFloor), Is.EqualTo((24000, 240, 1e-10)));
        Assert.That(constants.IrSubbandEdgesHz, Is.EqualTo(new double[] { 0, 375, 750, 1500, 3000, 4500, 6000, 9000, 12000 }));
    }

    [TestCase("n_mels", "0", "found 0, 1 or more is allowed")]
    [TestCase("d_speaker", "-1", "found -1, 1 or more is allowed")]
    [TestCase("hop_length", "0", "found 0, 1 or more is allowed")]
    [TestCase("log_floor", "0", "found 0, above 0 is allowed")]
    [TestCase("loudness_target", "23", "found 23, -70 to 0 is allowed")]
    [TestCase("window_length", "961", "found 961, a multiple of hop_length (240) is allowed")]
    [TestCase("n_fft", "958", "found 958, an even number from window_length (960) up is allowed")]
    [TestCase("n_fft", "1023", "found 1023, an even number from window_length (960) up is allowed")]
    [TestCase("mel_fmin", "-1", "found -1, 0 to below mel_fmax (12000) is allowed")]
    [TestCase("mel_fmin", "12000", "found 12000, 0 to below mel_fmax (12000) is allowed")]
    [TestCase("mel_fmax", "20000", "found 20000, at most half of sample_rate (12000) is allowed")]
    [TestCase("n_ir_params", "25", "found 25, 24 is allowed: RT60, DRR and tilt of each of the 8 bands of ir_subband_edges_hz")]
    [TestCase("lora_layers", "7", "lora_delta: found 24576, 27552 or more is allowed: lora_layers × lora_rank × (d_speaker + n_ir_params + 2 × d_converter_hidden)")]
    [TestCase("gtm_heads", "5", "found 5, a divisor of gtm_dim (48) is allowed")]
    public void A_constant_that_nothing_can_be_computed_with_is_refused_where_it_stands(string key, string value, string expected)
    {
        var mistakes = Mistakes((key, value));

        Assert.That(mistakes, Has.Length.EqualTo(1).And.One.Match(@"^configs/constants\.yaml:\d+:1: ").And.One.EndsWith(expected));
        Assert.That(mistakes, Has.One.Contains(expected.StartsWith("found", StringComparison.Ordinal) ? $": {key}: " : ": lora_delta: "));
    }

    [Test]
    public void Constants_that_contradict_each_other_are_all_told_by_both_their_names() =>
        Assert.That(Mistakes(("n_freq_bins", "100"), ("sample_rate", "16000")).Select(mistake => mistake[(mistake.IndexOf(": ", StringComparison.Ordinal) + 2)..]), Is.EquivalentTo(new[]
        {
            "n_freq_bins: found 100, n_fft / 2 + 1 (513) is allowed",
            "d_vocoder_features: found 513, n_freq_bins (100) is allowed: they are the bins' magnitudes",
            "mel_fmax: found 12000, at most half of sample_rate (8000) is allowed",
            "ir_subband_edges_hz: found [0, 375, 750, 1500, 3000, 4500, 6000, 9000, 12000], two or more that ascend from 0 or more to at most half of sample_rate (8000) are allowed",
        }));

    private static string[] Mistakes(params (string Key, string Value)[] changes)
    {
        var lines = File.ReadAllLines(Path.Combine(RepositoryRoot(), "configs", "constants.yaml"));
        foreach (var (key, value) in changes)
            lines[Array.FindIndex(lines, line => line.StartsWith($"{key}:", StringComparison.Ordinal))] = $"{key}: {value}";
        return [.. Assert.Throws<ConfigurationException>(() => ConfigurationLoader.Load<Constants>(
            [new("configs/constants.yaml", string.Join('\n', lines))], []))!.Mistakes.Select(mistake => mistake.ToString())];
    }

    private static string RepositoryRoot()
    {
        var folder = TestContext.CurrentContext.TestDirectory;
        while (!File.Exists(Path.Combine(folder, "Tmrvc.slnx")))
            folder = Path.GetDirectoryName(folder) ?? throw new FileNotFoundException("Tmrvc.slnx: in no folder above the tests.");
        return folder;
    }
}
