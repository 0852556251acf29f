using System.Text.Json;
using Tmrvc.Contract;

namespace Tmrvc.Streaming.Tests;

/// <summary>Folders of networks, and voices, that do not belong together.</summary>
public sealed class PackedModelsTests
{
    private readonly Workbench _bench = new();

    private string Converter => _bench.Models.FileOf(NetworkNames.Converter, WeightPrecision.Float32);

    [OneTimeTearDown]
    public void Remove() => _bench.Dispose();

    [SetUp]
    public void Pack()
    {
        File.Copy(Path.Combine(AppContext.BaseDirectory, "constants.yaml"), _bench.Models.Constants, overwrite: true);
        WriteManifest(weights: Hash('a'));
    }

    [Test]
    public void What_was_packed_is_taken_with_and_without_a_manifest()
    {
        Assert.That(Require, Throws.Nothing);
        File.Delete(_bench.Models.Metadata);
        Assert.That(Require, Throws.Nothing);
    }

    [Test]
    public void A_file_that_is_not_the_one_that_was_packed_is_refused()
    {
        var bytes = File.ReadAllBytes(Converter);
        try
        {
            File.WriteAllBytes(Converter, [.. bytes, 0]);
            Assert.That(Require, Throws.TypeOf<ConversionException>().With.Message.Match("converter.onnx: its SHA-256 is [0-9a-f]{12}, metadata.json beside it allows [0-9a-f]{12}; copy the folder again"));
        }
        finally
        {
            File.WriteAllBytes(Converter, bytes);
        }
    }

    [Test]
    public void Networks_of_other_features_are_refused_by_every_constant_that_differs()
    {
        var text = File.ReadAllText(_bench.Models.Constants);
        File.WriteAllText(_bench.Models.Constants, text.Replace("mel_fmax: 12000", "mel_fmax: 8000").Replace("[0, 375,", "[0, 400,"));
        Assert.That(Require, Throws.TypeOf<ConversionException>().With.Message
            .Contains("constants.yaml: mel_fmax is 8000, 12000 is allowed, ir_subband_edges_hz is [0, 400, 750, 1500, 3000, 4500, 6000, 9000, 12000], [0, 375,"));
        File.WriteAllText(_bench.Models.Constants, "n_mels: many");
        Assert.That(Require, Throws.TypeOf<ConversionException>().With.Message.Contains("n_mels"));
    }

    [Test]
    public void A_manifest_that_cannot_be_read_is_refused_by_its_name()
    {
        File.WriteAllText(_bench.Models.Metadata, "{}");
        Assert.That(Require, Throws.TypeOf<InvalidDataException>().With.Message.Contains("metadata.json: cannot be read:"));
    }

    [Test]
    public void A_voice_knows_the_speaker_encoder_that_made_it()
    {
        var made = _bench.Voice().Metadata;
        Assert.That(made.SpeakerEncoderSha256, Is.EqualTo(FileSha256.Of(_bench.Models.FileOf(NetworkNames.SpeakerEncoder, WeightPrecision.Float32))));
        Assert.That(Doubts(made), Is.Empty);
        Assert.That(Doubts(made with { SpeakerEncoderSha256 = Hash('b') }), Has.One.Match("^a.tmrvc_speaker: was made by the speaker encoder bbbbbbbbbbbb, that of .*models is [0-9a-f]{12}; enrol the voice again$"));
        Assert.That(Doubts(made with { SpeakerEncoderSha256 = null }), Has.One.Contains("does not say which speaker encoder made it"), "as before it could");
    }

    [Test]
    public void What_was_fine_tuned_for_one_converter_is_not_added_to_another()
    {
        var tuned = _bench.Voice().Metadata with { TrainingMode = SpeakerProfileMetadata.FewShot, ConverterSha256 = Hash('a') };
        Assert.That(Doubts(tuned), Is.Empty);
        Assert.That(() => Doubts(tuned with { ConverterSha256 = Hash('b') }), Throws.TypeOf<ConversionException>()
            .With.Message.Match("^a.tmrvc_speaker: fine-tunes the converter bbbbbbbbbbbb, that of .*models is aaaaaaaaaaaa; enrol the voice again by --target=Enroll, or choose"));
        Assert.That(Doubts(tuned with { ConverterSha256 = null }), Has.One.Contains("does not say which converter was fine-tuned"));
        File.Delete(_bench.Models.Metadata);
        Assert.That(Doubts(tuned), Has.One.Contains("metadata.json does not say whether that is the one here"));
    }

    private void Require() => PackedModels.Require(_bench.Models, new ConversionOptions().FilesOf(_bench.Models), Workbench.Constants);

    private List<string> Doubts(SpeakerProfileMetadata profile) => [.. ProfileOrigin.Doubts("a.tmrvc_speaker", profile, _bench.Models)];

    private void WriteManifest(string weights) => File.WriteAllText(_bench.Models.Metadata, JsonSerializer.Serialize(new
    {
        constants_sha256 = FileSha256.Of(_bench.Models.Constants),
        student_sha256 = new Dictionary<string, string> { [NetworkNames.ConverterWeights] = weights },
        models = new ConversionOptions().FilesOf(_bench.Models).ToDictionary(file => $"fp32/{Path.GetFileName(file)}", file => new { sha256 = FileSha256.Of(file), opset = 18 }),
    }));

    private static string Hash(char digit) => new(digit, 64);
}
