using Tmrvc.ArtifactStore;
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
        $"{figures.Files} files ({Quantity.Bytes(figures.Bytes)}) read, {figures.Damaged} damaged; "
        + $"{figures.Mended} results mended, {figures.Lost} not";

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

    public static IEnumerable<string> Of(
        string cache, SharedSweepFigures figures, IReadOnlyList<CondemnedResult> results, CollectionOptions options)
    {
        foreach (var result in results)
            yield return $"{cache}: {Verb(result.Fate, options)} {result.Stage} {result.Key.Short}, {Quantity.Bytes(result.Bytes)}: {Why(result)}";
        foreach (var index in figures.Unreadable)
            yield return $"{cache}: the index of outputs {index.Short} cannot be read; CacheVerify tells more";
        if (figures.Silent > 0)
            yield return $"{cache}: {figures.Silent} records do not say what they name, so no content was deleted; CacheVerify tells more";
        yield return $"{cache}: {Records(figures)}; content: {Totals(figures.KeptContent)} kept, {Totals(figures.DeletedContent)} "
            + (options.DryRun ? "to delete" : "deleted");
    }

    private static string Verb(RecordFate fate, CollectionOptions options) => (fate, options.DryRun) switch
    {
        (RecordFate.Deleted, true) => "would delete",
        (RecordFate.Deleted, false) => "deleted",
        (_, true) => "would condemn",
        _ => "condemned",
    };

    private static string Why(CondemnedResult result) => result.Fate == RecordFate.Deleted
        ? $"condemned on {result.Modified:yyyy-MM-dd}, and nobody asked for it since"
        : $"no lock file names it, last written or rescued on {result.Modified:yyyy-MM-dd}";

    private static string Records(SharedSweepFigures figures)
    {
        int Count(RecordFate fate) => figures.Records.GetValueOrDefault(fate);
        return $"records: {Count(RecordFate.Kept) + Count(RecordFate.Pardoned)} kept, {Count(RecordFate.Condemned)} condemned, "
            + $"{Count(RecordFate.Waiting)} condemned before, {Count(RecordFate.Deleted)} deleted";
    }

    private static string Totals(BlobTotals totals) => $"{totals.Count} blobs ({Quantity.Bytes(totals.Bytes)})";
}
