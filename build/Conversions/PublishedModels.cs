using Tmrvc.BuildGraph;
using Tmrvc.Export;

namespace Tmrvc.Build.Conversions;

/// <summary>Lets the files of a profile's student be found where conversions look for them: a link to what the store holds.</summary>
internal static class PublishedModels
{
    private static readonly StageId Package = "Package";

    /// <param name="place">Of the link; a folder that somebody put there stays.</param>
    /// <returns>Why conversions will not find the student; null where they will, or where the run has made none.</returns>
    public static string? Publish(RunSummary summary, string place)
    {
        if (summary.Stages.FirstOrDefault(stage => stage.Stage == Package) is not { } package || !package.State.HasOutputs()) return null;
        try
        {
            var old = new DirectoryInfo(place);
            if (old is { Exists: true, LinkTarget: null }) return $"{place}: is a folder of its own, and stays; conversions by the student that was made need --models";
            if (old.LinkTarget is not null) old.Delete();
            Directory.CreateDirectory(Path.GetDirectoryName(place)!);
            Directory.CreateSymbolicLink(place, package.OutputPath(PackageStage.Models));
            return null;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return $"{place}: the student's files cannot be linked: {fault.Message}";
        }
    }
}
