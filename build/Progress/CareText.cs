using Tmrvc.BuildGraph;

namespace Tmrvc.Build.Progress;

/// <summary>What CacheGc and CacheVerify tell.</summary>
internal static class CareText
{
    public static IEnumerable<string> Of(LockedKeys locked)
    {
        yield return $"{locked.Keys.Count} results are named by lock files of the work trees and {locked.Refs} branches and tags";
        foreach (var gap in locked.Gaps)
            yield return $"note: {gap}";
    }

    public static string Of(VerificationFigures figures) =>
        $"{figures.Files} files ({Quantity.Bytes(figures.Bytes)}) read, {figures.Damaged} damaged, "
        + $"{figures.Mended} results mended, {figures.Lost} lost";

    public static IEnumerable<string> Of(CollectionFigures figures, CollectionOptions options)
    {
        var (delete, deleted) = options.DryRun ? ("would delete", "to delete") : ("deleted", "deleted");
        foreach (var result in figures.Deleted)
            yield return $"here: {delete} {result.Stage} {result.Key.Short}, {Quantity.Bytes(result.Bytes)}: "
                + $"no lock file names it, last used {result.Used:yyyy-MM-dd}";
        yield return $"here: {figures.Kept} results kept ({Quantity.Bytes(figures.KeptBytes)}), {figures.Deleted.Count} {deleted}, "
            + $"with {figures.ItemCaches} stores of items and {figures.Swept.Entries + figures.Swept.Files} files and folders; "
            + $"{Quantity.Bytes(figures.FreedBytes)} {(options.DryRun ? "to be freed" : "freed")}";
    }
}
