using Tmrvc.BuildGraph;
using Tmrvc.Export;
using Tmrvc.Training;

namespace Tmrvc.Build.Conversions;

/// <summary>Lets the files of a profile's student be found where conversions and enrolments look for them: links to what the store holds.</summary>
internal static class PublishedModels
{
    private static readonly StageId Package = "Package", Student = "Student";

    /// <param name="models">Of the link to the exported files; a folder that somebody put there stays.</param>
    /// <param name="student">Of the link to the weights.</param>
    /// <returns>Why they will not be found; nothing where they will, or where the run has made none.</returns>
    public static IEnumerable<string> Publish(RunSummary summary, string models, string student) =>
        new[] { Publish(summary, Package, PackageStage.Models, models, "--models"), Publish(summary, Student, AssembleStudentStage.Student, student, "--student") }.OfType<string>();

    /// <summary>Whether the run has the exported files at hand.</summary>
    public static bool IsMade(RunSummary summary) => summary.Stages.Any(stage => stage.Stage == Package && stage.State.HasOutputs());

    private static string? Publish(RunSummary summary, StageId id, string output, string place, string option)
    {
        if (summary.Stages.FirstOrDefault(stage => stage.Stage == id) is not { } made || !made.State.HasOutputs()) return null;
        try
        {
            var old = new DirectoryInfo(place);
            if (old is { Exists: true, LinkTarget: null }) return $"{place}: is a folder of its own, and stays; the student that was made is reached by {option}";
            if (old.LinkTarget is not null) old.Delete();
            Directory.CreateDirectory(Path.GetDirectoryName(place)!);
            Directory.CreateSymbolicLink(place, made.OutputPath(output));
            return null;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return $"{place}: the student's files cannot be linked: {fault.Message}";
        }
    }
}
