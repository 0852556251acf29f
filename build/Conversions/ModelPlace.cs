using Tmrvc.Build.CommandLine;
using Tmrvc.Contract;
using Tmrvc.Streaming;

namespace Tmrvc.Build.Conversions;

/// <summary>Where the networks are that voices are converted by.</summary>
internal static class ModelPlace
{
    public static ModelFolder Of(Request request, Workplace workplace) => new(request.Models is { } chosen
        ? Path.GetFullPath(chosen, workplace.Start)
        : OfProfile(request, workplace));

    /// <summary>Where those of a profile's own student are.</summary>
    public static string OfProfile(Request request, Workplace workplace) =>
        Path.Combine(workplace.Root, "artifacts", "models", ConfigurationFiles.NameOf(request.Profile));

    /// <summary>Where the weights are that those files were exported from.</summary>
    public static string StudentOf(Request request, Workplace workplace) => request.Student is { } chosen
        ? Path.GetFullPath(chosen, workplace.Start)
        : StudentOfProfile(request, workplace);

    /// <summary>Where those of a profile are.</summary>
    public static string StudentOfProfile(Request request, Workplace workplace) =>
        Path.Combine(workplace.Root, "artifacts", "students", ConfigurationFiles.NameOf(request.Profile));

    /// <summary>The files that are opened.</summary>
    public static IEnumerable<string> Needed(Request request, Workplace workplace, bool converts)
    {
        var folder = Of(request, workplace);
        var enrolls = !converts || !SpeakerSource.IsProfile(request.Speaker);
        return (enrolls ? new[] { folder.FileOf(NetworkNames.SpeakerEncoder, WeightPrecision.Float32) } : [])
            .Concat(converts ? Options(request).FilesOf(folder) : []);
    }

    public static ConversionOptions Options(Request request) =>
        new() { Precision = request.Int8 ? WeightPrecision.Int8 : WeightPrecision.Float32, LooksAhead = request.HighQuality };
}
