using System.Text.Json;
using Tmrvc.ArtifactStore;
using Tmrvc.BuildGraph;
using Tmrvc.Contract;
using Tmrvc.Corpora;
using Tmrvc.Features;
using Tmrvc.Models;
using Tmrvc.Support;
using Tmrvc.Training;

namespace Tmrvc.Export.Tests;

public sealed class ExportStagesTests
{
    private static readonly StageInput.Output Student = new("student", "Distil", "student");
    private static readonly StageInput.Output Statistics = new("statistics", "MelStatistics", "mel_statistics.json");
    private static readonly StageInput.Output Exported = new("exported", "Export", ModelFolder.Fp32);
    private static readonly StageInput.Output Quantised = new("quantised", "Quantise", ModelFolder.Int8);
    private static readonly StageInput.Output Features = new("features", "Features", "features");
    private static readonly StageInput.Output Teacher = new("teacher", "Phase2", "teacher.safetensors");
    private static readonly StageInput.File ConstantsFile = new("constants", "configs/constants.yaml");

    private readonly List<LooseRun> _runs = [];
    private Dictionary<string, string> _inputs = null!;
    private DirectoryInfo _folder = null!;

    [SetUp]
    public async Task Export()
    {
        _folder = Directory.CreateTempSubdirectory("export");
        _inputs = new[] { "student", "statistics", "features", "teacher", "constants" }.ToDictionary(name => name, name => Path.Combine(_folder.FullName, name));
        using (var student = StudentFiles.Drawn(SmallStudent.Architecture, 1))
            student.Save(_inputs["student"], new Dictionary<string, string> { ["steps"] = "300", [MelStatistics.MetadataKey] = SmallStudent.Statistics(6).ToJson() });
        SmallStudent.Statistics(6).Write(_inputs["statistics"]);
        File.WriteAllText(_inputs["teacher"], "weights");
        File.WriteAllText(_inputs["constants"], SmallStudent.ConstantsText);
        FeatureFolders.Write(_inputs["features"], 1 << 20, [Utterance(Split.Train, 50, 1), Utterance(Split.Validation, 70, 2), Utterance(Split.Validation, 80, 3)]);
        _inputs["exported"] = (await RunAsync(new ExportStage("Export", new(), SmallStudent.Constants, Student, Statistics))).Output(ModelFolder.Fp32);
        _inputs["quantised"] = (await RunAsync(new QuantiseStage("Quantise", Student, Exported))).Output(ModelFolder.Int8);
    }

    [TearDown]
    public void Remove()
    {
        _runs.ForEach(run => run.Dispose());
        _runs.Clear();
        _folder.Delete(recursive: true);
    }

    [Test]
    public void Files_have_the_names_that_clients_look_for()
    {
        string[] models = ["content_encoder", "converter", "converter_hq", "ir_estimator", "vocoder"];
        Assert.That(Names("exported"), Is.EqualTo(models.Append("speaker_encoder").Select(name => name + ".onnx").Order()));
        Assert.That(Names("quantised"), Is.EqualTo(models.Select(name => name + "_int8.onnx").Order()));
    }

    [Test]
    public async Task The_converter_with_lookahead_can_be_left_out()
    {
        var run = await RunAsync(new ExportStage("Export", new() { HighQuality = false }, SmallStudent.Constants, Student, Statistics));
        Assert.That(File.Exists(Path.Combine(run.Output(ModelFolder.Fp32), "converter_hq.onnx")), Is.False);
        _inputs["exported"] = run.Output(ModelFolder.Fp32);
        Assert.That((await JudgeAsync(Parity())).Checks, Has.Count.EqualTo(4 * 11));
    }

    [Test]
    public async Task The_parity_gate_passes_what_was_exported_and_names_every_output_and_case()
    {
        var verdict = await JudgeAsync(Parity());
        Assert.That(verdict.Checks.Where(check => !check.Passed), Is.Empty);
        Assert.That(verdict.Checks, Has.Count.EqualTo(4 * 13));
        Assert.That(verdict.Checks.Select(check => check.Name), Does.Contain("vocoder, 10 frames, stft_phase: largest |Δ|"));
    }

    [Test]
    public async Task The_parity_gate_fails_files_of_another_student()
    {
        using (var other = StudentFiles.Drawn(SmallStudent.Architecture, 2)) other.Save(_inputs["student"]);
        Assert.That((await JudgeAsync(Parity())).Passed, Is.False);
    }

    [Test]
    public async Task The_quantisation_gate_judges_every_output_of_every_network()
    {
        var verdict = await JudgeAsync(Int8(new() { Frames = 100 }));
        Assert.That(verdict.Checks.Where(check => !check.Passed), Is.Empty);
        var strict = await JudgeAsync(Int8(new() { Frames = 100, Share = 1e-9, SpectrumShare = 1e-9, Mean = 1e-9, Largest = 1e-9 }));
        var failed = strict.Checks.Where(check => !check.Passed).Select(check => check.Name).ToList();
        Assert.That(failed.Count(name => name.EndsWith("share", StringComparison.Ordinal)), Is.EqualTo(11));
        Assert.That(failed, Has.Count.EqualTo(11 + 2 * 2)); // the features of both converters
        Assert.That(failed, Does.Contain("vocoder, spectrum: share"));
    }

    [TestCase("content_encoder")]
    [TestCase("converter")]
    [TestCase("vocoder")]
    [TestCase("ir_estimator")]
    public async Task The_quantisation_gate_fails_a_network_of_another_student(string network)
    {
        using (var other = StudentFiles.Drawn(SmallStudent.Architecture, 2))
        {
            var swapped = QuantisedStudent.Of(ExportedStudent.Of(other, SmallStudent.Statistics(6))).Single(model => model.Contract.Name == network);
            File.WriteAllBytes(Path.Combine(_inputs["quantised"], network + "_int8.onnx"), swapped.Bytes());
        }
        var verdict = await JudgeAsync(Int8(new() { Frames = 100 }));
        Assert.That(verdict.Checks.Where(check => !check.Passed).Select(check => check.Name), Has.Some.StartWith(network + ",").And.Some.EndsWith("share"));
    }

    [Test]
    public async Task A_package_tells_what_its_files_are()
    {
        var run = await RunAsync(new PackageStage("Package", new(), Student, Statistics, Exported, Quantised, ConstantsFile, Teacher));
        var folder = run.Output(PackageStage.Models);
        using var metadata = JsonDocument.Parse(File.ReadAllText(Path.Combine(folder, "metadata.json")));
        var root = metadata.RootElement;
        Assert.That(root.EnumerateObject().Select(property => property.Name), Is.EqualTo(new[]
        {
            "version", "training", "teacher_sha256", "student_sha256", "constants_sha256", "mel_statistics", "units", "models",
        }));
        Assert.That(root.GetProperty("version").GetInt32(), Is.EqualTo(1));
        Assert.That(root.GetProperty("training").GetProperty("vocoder").GetRawText(), Does.Contain("\"steps\": \"300\"").And.Not.Contain("mel_statistics"));
        Assert.That(root.GetProperty("teacher_sha256").GetString(), Is.EqualTo(ContentHash.Of("weights"u8).ToString()));
        Assert.That(root.GetProperty("student_sha256").EnumerateObject().Count(), Is.EqualTo(5));
        Assert.That(root.GetProperty("constants_sha256").GetString(), Is.EqualTo(ContentHash.Of(File.ReadAllBytes(_inputs["constants"])).ToString()));
        Assert.That(root.GetProperty("mel_statistics").EnumerateObject().Select(property => property.Name), Is.EqualTo(new[] { "clamp", "mean", "deviation", "frames" }));
        Assert.That(root.GetProperty("units").GetProperty("stft_phase").GetString(), Is.EqualTo("radians"));
        Assert.That(root.GetProperty("units").GetProperty("lora_delta").GetString(), Is.EqualTo("for each of 3 layers A [10, 2] and B [2, 24], row by row, then padding"));
        Assert.That(File.ReadAllText(Path.Combine(folder, "constants.yaml")), Is.EqualTo(SmallStudent.ConstantsText));
        RequireModels(folder, root.GetProperty("models"));

        var manifest = ModelManifest.Read(new ModelFolder(folder))!;
        Assert.That(manifest.ConstantsSha256, Is.EqualTo(FileSha256.Of(Path.Combine(folder, "constants.yaml"))));
        Assert.That(manifest.StudentSha256[NetworkNames.ConverterWeights], Is.EqualTo(FileSha256.Of(Path.Combine(_inputs["student"], "converter.safetensors"))));
        Assert.That(manifest.Models["int8/converter_int8.onnx"].Sha256, Is.EqualTo(FileSha256.Of(Path.Combine(folder, "int8/converter_int8.onnx"))));
    }

    private static void RequireModels(string folder, JsonElement models)
    {
        Assert.That(models.EnumerateObject().Count(), Is.EqualTo(11));
        foreach (var model in models.EnumerateObject())
            Assert.That(model.Value.GetProperty("sha256").GetString(), Is.EqualTo(ContentHash.Of(File.ReadAllBytes(Path.Combine(folder, model.Name))).ToString()), model.Name);
        var (full, small) = (models.GetProperty("fp32/vocoder.onnx"), models.GetProperty("int8/vocoder_int8.onnx"));
        Assert.That((full.GetProperty("quantized").GetBoolean(), small.GetProperty("quantized").GetBoolean()), Is.EqualTo((false, true)));
        Assert.That(full.GetProperty("parameters").GetInt64(), Is.EqualTo(small.GetProperty("parameters").GetInt64()).And.Positive);
        Assert.That(full.GetProperty("opset").GetInt32(), Is.EqualTo(18));
        Assert.That(small.GetProperty("state").EnumerateArray().Select(size => size.GetInt32()), Is.EqualTo(new[] { 1, 8, 14 }), "its own width");
        Assert.That(models.GetProperty("fp32/speaker_encoder.onnx").TryGetProperty("state", out _), Is.False);
    }

    [Test]
    public void A_student_of_another_contract_is_refused_with_every_difference()
    {
        var constants = SmallStudent.Constants with { DContent = 7, ConverterState = 60 };
        Assert.That(async () => await RunAsync(new ExportStage("Export", new(), constants, Student, Statistics)), Throws.TypeOf<InvalidDataException>()
            .With.Message.Contains("content_encoder: content is Float [1, 5, 1], Float [1, 7, 1] is allowed")
            .And.Message.Contains("converter_hq: content is Float [1, 5, 7], Float [1, 7, 7] is allowed")
            .And.Message.Contains("converter: state_in is Float [1, 12, 52], Float [1, width, 60] is allowed"));
    }

    [Test]
    public void A_package_whose_constants_are_of_another_contract_is_refused()
    {
        File.WriteAllText(_inputs["constants"], SmallStudent.ConstantsText.Replace("vocoder_state: 14", "vocoder_state: 15"));
        Assert.That(async () => await RunAsync(new PackageStage("Package", new(), Student, Statistics, Exported, Quantised, ConstantsFile, Teacher)),
            Throws.TypeOf<InvalidDataException>().With.Message.Contains("vocoder: state_in is Float [1, 8, 14], Float [1, width, 15] is allowed"));
    }

    [Test]
    public void Networks_of_two_architectures_are_no_student()
    {
        using (var other = StudentFiles.Drawn(SmallStudent.Architecture with { Expansion = 2 })) other.Save(Path.Combine(_folder.FullName, "other"));
        File.Copy(Path.Combine(_folder.FullName, "other", "vocoder.safetensors"), Path.Combine(_inputs["student"], "vocoder.safetensors"), overwrite: true);
        Assert.That(() => StudentNetworks.Load(_inputs["student"]).Dispose(), Throws.TypeOf<InvalidDataException>().With.Message.Contains("vocoder.safetensors: is of the architecture"));
    }

    [Test]
    public void A_network_that_heard_mels_of_other_statistics_is_refused()
    {
        (SmallStudent.Statistics(6) with { Clamp = -8 }).Write(_inputs["statistics"]);
        Assert.That(async () => await RunAsync(new ExportStage("Export", new(), SmallStudent.Constants, Student, Statistics)),
            Throws.TypeOf<InvalidDataException>().With.Message.Contains("was trained on mels of other statistics"));
    }

    [Test]
    public void A_folder_that_lacks_a_network_is_refused_by_its_name()
    {
        File.Delete(Path.Combine(_inputs["exported"], "vocoder.onnx"));
        Assert.That(() => ExportedFolder.Read(_inputs["exported"], SmallStudent.Architecture.Contracts(), WeightPrecision.Float32),
            Throws.TypeOf<InvalidDataException>().With.Message.Contains("vocoder.onnx not found"));
    }

    private static QuantisationGate Int8(QuantisationSettings settings) => new("Int8", settings, Student, Exported, Quantised, Features);

    private static ParityGate Parity() => new("Parity", new() { Frames = 100 }, Student, Statistics, Exported, Features);

    private IEnumerable<string> Names(string input) => Directory.EnumerateFiles(_inputs[input]).Select(path => Path.GetFileName(path)).Order();

    private async Task<LooseRun> RunAsync(ActionStage stage)
    {
        var run = Run(stage.Id);
        await stage.RunAsync(run, CancellationToken.None);
        return run;
    }

    private Task<GateVerdict> JudgeAsync(GateStage gate) => gate.JudgeAsync(Run(gate.Id), CancellationToken.None);

    private LooseRun Run(StageId id)
    {
        _runs.Add(new LooseRun(id, _inputs));
        return _runs[^1];
    }

    private static (UtteranceEntry, UtteranceFeatures) Utterance(Split split, int frames, int seed)
    {
        var random = new Random(seed);
        float[] Values(int count, double low, double high) => [.. Enumerable.Range(0, count).Select(_ => (float)(low + (high - low) * random.NextDouble()))];
        var entry = new UtteranceEntry { Id = $"made-up/{seed}", Corpus = "made-up", Speaker = "ann", Language = "und", Licence = "CC0-1.0", Split = split, Audio = $"{seed}.flac" };
        return (entry, new UtteranceFeatures(Values(6 * frames, -11, 2), Values(2 * frames, 0, 1), Values(frames, 80, 200)));
    }
}
