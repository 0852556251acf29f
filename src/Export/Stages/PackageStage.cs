using Tmrvc.ArtifactStore;
using Tmrvc.BuildGraph;
using Tmrvc.Configuration;
using Tmrvc.Contract;
using Tmrvc.Models;
using Tmrvc.SafeTensors;
using Tmrvc.Training;

namespace Tmrvc.Export;

/// <summary>All that a client of the exported student needs, in one folder: fp32/, int8/, constants.yaml, metadata.json.</summary>
/// <param name="student">A folder as <see cref="StudentNetworks.Save"/> leaves it.</param>
/// <param name="exported">What an <see cref="ExportStage"/> left.</param>
/// <param name="quantised">What a <see cref="QuantiseStage"/> left.</param>
/// <param name="teacher">The file of weights that the student was distilled from, where it is known.</param>
public sealed class PackageStage(
    StageId id, PackageSettings settings, StageInput.Output student, StageInput.Output statistics, StageInput.Output exported,
    StageInput.Output quantised, StageInput.File constants, StageInput.Output? teacher = null) : ActionStage(id)
{
    public const string Models = "models";

    public override string Description => "The student's files, and what they are";

    public override int Version => 3;

    /// <summary>That must have passed before.</summary>
    public IReadOnlyList<StageId> Gates { get; init; } = [];

    public override IReadOnlyList<StageInput> Inputs =>
    [
        student, statistics, exported, quantised, constants, .. new[] { teacher }.OfType<StageInput>(),
        .. Gates.Select(gate => new StageInput.Passed($"gate_{gate}", gate)),
    ];

    public override IReadOnlyList<string> Outputs => [Models];

    public override object Settings => settings;

    public override bool HandsOnInputs => false;

    /// <exception cref="InvalidDataException">The files differ from the contract of the constants beside them.</exception>
    public override Task RunAsync(StageRun run, CancellationToken cancellation)
    {
        var (folder, weights) = (Directory.CreateDirectory(run.Output(Models)).FullName, run.Input(student.Name));
        var contracts = StudentContracts.From(ConfigurationLoader.Load<Constants>(
            [new ConfigurationLayer(ModelFolder.ConstantsName, File.ReadAllText(run.Input(constants.Name)))], []));
        Copy(run.Input(exported.Name), Path.Combine(folder, ModelFolder.Fp32));
        Copy(run.Input(quantised.Name), Path.Combine(folder, ModelFolder.Int8));
        File.Copy(run.Input(constants.Name), new ModelFolder(folder).Constants);
        new StudentMetadata(
            StudentMetadata.CurrentVersion, settings.Created, Training(weights), teacher is null ? null : Hash(run.Input(teacher.Name)), Hashes(weights),
            Hash(run.Input(constants.Name)), MelStatistics.Read(run.Input(statistics.Name)), StudentMetadata.UnitsOf(StudentNetworks.ArchitectureOf(weights)),
            Described(folder, contracts, weights)).Write(new ModelFolder(folder).Metadata);
        return Task.CompletedTask;
    }

    private static SortedDictionary<string, ModelMetadata> Described(string folder, StudentContracts contracts, string weights)
    {
        var models = new SortedDictionary<string, ModelMetadata>(StringComparer.Ordinal);
        var shapes = StudentNetworks.ArchitectureOf(weights).Contracts();
        foreach (var precision in Enum.GetValues<WeightPrecision>())
        {
            var files = ExportedFolder.Read(Path.Combine(folder, ModelFolder.NameOf(precision)), contracts, precision);
            ExportedFolder.Require(files, contracts);
            foreach (var name in files.Keys)
                models[$"{ModelFolder.NameOf(precision)}/{ModelFolder.FileName(name, precision)}"] = new ModelMetadata(
                    Parameters(weights, name), OnnxGraph.Opset, precision == WeightPrecision.Int8, State(shapes.Of(name)), Hash(new ModelFolder(folder).FileOf(name, precision)));
        }
        return models;
    }

    private static int[]? State(ModelContract contract) => contract.State is { } state ? [.. state.Shape.Select(axis => axis.Size!.Value)] : null;

    private static long Parameters(string weights, string model)
    {
        using var file = SafeTensorsFile.Open(Path.Combine(weights, StudentNetworks.FileOf(model)));
        return file.Tensors.Sum(tensor => tensor.ElementCount);
    }

    /// <summary>Of each file of weights, what it says of its training.</summary>
    private static SortedDictionary<string, IReadOnlyDictionary<string, string>> Training(string weights) => new(
        StudentNetworks.Files.ToDictionary(file => Path.GetFileNameWithoutExtension(file), file => TrainingOf(Path.Combine(weights, file))), StringComparer.Ordinal);

    private static IReadOnlyDictionary<string, string> TrainingOf(string path)
    {
        using var file = SafeTensorsFile.Open(path);
        return new SortedDictionary<string, string>(
            file.Metadata.Where(entry => !entry.Key.StartsWith("student_", StringComparison.Ordinal) && entry.Key != MelStatistics.MetadataKey).ToDictionary(), StringComparer.Ordinal);
    }

    private static SortedDictionary<string, string> Hashes(string folder) => new(
        Directory.EnumerateFiles(folder, "*.safetensors").ToDictionary(path => Path.GetFileName(path), Hash), StringComparer.Ordinal);

    private static string Hash(string path) => ContentHash.Of(File.ReadAllBytes(path)).ToString();

    private static void Copy(string from, string to)
    {
        Directory.CreateDirectory(to);
        foreach (var path in Directory.EnumerateFiles(from)) File.Copy(path, Path.Combine(to, Path.GetFileName(path)));
    }
}
