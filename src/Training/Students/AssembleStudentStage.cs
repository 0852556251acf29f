using Tmrvc.BuildGraph;
using Tmrvc.Models;

namespace Tmrvc.Training;

/// <summary>Puts the networks of a student, which were trained apart, into one folder.</summary>
public sealed class AssembleStudentStage(StageId id, params IReadOnlyList<StudentPartStage> parts) : ActionStage(id)
{
    /// <summary>What <see cref="StudentNetworks.Load"/> reads.</summary>
    public const string Student = "student";

    public override string Description => "The five networks of the student";

    public override int Version => 1;

    public override IReadOnlyList<StageInput> Inputs =>
        [.. parts.SelectMany(part => part.Networks.Select(network => new StageInput.Output(Path.GetFileNameWithoutExtension(network), part.Id, network)))];

    public override IReadOnlyList<string> Outputs => [Student];

    public override bool HandsOnInputs => false;

    /// <exception cref="InvalidDataException">A network is missing, or was trained as another architecture's or on mels of other statistics.</exception>
    public override Task RunAsync(StageRun run, CancellationToken cancellation)
    {
        var folder = Directory.CreateDirectory(run.Output(Student)).FullName;
        foreach (var network in parts.SelectMany(part => part.Networks))
            File.Copy(run.Input(Path.GetFileNameWithoutExtension(network)), Path.Combine(folder, network));
        using var student = StudentNetworks.Load(folder);
        var statistics = MelStatistics.OfModel(Path.Combine(folder, StudentNetworks.ConverterFile));
        foreach (var file in StudentNetworks.Files) statistics.RequireThoseOf(Path.Combine(folder, file));
        return Task.CompletedTask;
    }
}
