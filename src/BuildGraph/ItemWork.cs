using System.Collections.Concurrent;
using Tmrvc.ArtifactStore;

namespace Tmrvc.BuildGraph;

/// <summary>
/// Runs a per-item stage: items whose content and surroundings did not change keep their stored results, finished items survive a
/// kill, rejected ones are quarantined with their reason.
/// </summary>
internal sealed class ItemWork(Workshop shop, Decision decision, bool forced)
{
    /// <summary>Rejected items that are named while it runs.</summary>
    private const int Shown = 5;

    private const string Total = "items", Processed = "items_processed";

    /// <summary>Whether a run that told these numbers made every item.</summary>
    public static bool MadeAll(IReadOnlyDictionary<string, double> metrics) => metrics.GetValueOrDefault(Processed) == metrics.GetValueOrDefault(Total, double.NaN);

    /// <exception cref="StageFailure">There is no item, or none was accepted.</exception>
    /// <exception cref="ItemFailure">An item threw something else than a rejection.</exception>
    public async Task<IReadOnlyList<RejectedItem>> RunAsync(PerItemStage stage, ActiveRun run, CancellationToken cancellation)
    {
        var common = StageManifest.ItemsKey(stage, decision.Inputs);
        using var lease = await Lease.TakeAsync(
            shop.Store.LeasePath(common), () => run.Log("waits for another process that works on its items"), shop.Options.Clock, cancellation);
        using var cache = new ItemCache(FolderOf(stage, common, shop));
        var unusable = Items(stage).Unusable.Where(file => stage.IsItem(file.Path))
            .Select(file => new ItemResult(file.Path, [], file.Reason)).ToArray();
        var processed = await ProcessAsync(stage, ItemsOf(stage, unusable.Length), common, cache, run, cancellation);
        ItemResult[] results = [.. processed.Concat(unusable).OrderBy(result => result.Id, StringComparer.Ordinal)];
        RejectedItem[] quarantine =
            [.. results.Where(result => result.Rejection is not null).Select(result => new RejectedItem(result.Id, result.Rejection!))];
        Tell(quarantine, results.Length, run);
        if (quarantine.Length == results.Length)
            throw new StageFailure(
                stage.Id, $"all {results.Length} items were rejected; the first, {quarantine[0].Id}: {quarantine[0].Reason}");
        run.Metric(Total, results.Length);
        run.Metric("items_rejected", quarantine.Length);
        var combination = new Combination(run, cache, shop.Store.Objects, common, forced);
        await stage.CombineAsync(combination, results, cancellation);
        run.Metric("groups_processed", combination.Grouped);
        return quarantine;
    }

    /// <summary>Its log names every one; the first are shown, too.</summary>
    private void Tell(RejectedItem[] quarantine, int all, ActiveRun run)
    {
        if (quarantine.Length == 0)
            return;
        run.Log($"{quarantine.Length} of {all} items set aside:");
        foreach (var rejected in quarantine.Take(Shown))
            run.Log(Line(rejected));
        foreach (var rejected in quarantine.Skip(Shown))
            run.Note(Line(rejected));
        if (quarantine.Length > Shown)
            run.Log($"  and {quarantine.Length - Shown} more: {Path.GetRelativePath(shop.Options.Root, run.LogFile)} lists all of them");
    }

    private static string Line(RejectedItem rejected) => $"  {rejected.Id}: {rejected.Reason.ReplaceLineEndings(" ")}";

    /// <summary>Whether results of items are kept that the stage can use as it is now.</summary>
    public static bool HasSome(PerItemStage stage, Decision decision, Workshop shop) =>
        decision.Key is not null && Directory.Exists(FolderOf(stage, StageManifest.ItemsKey(stage, decision.Inputs), shop));

    private static string FolderOf(PerItemStage stage, ContentHash common, Workshop shop) => Path.Combine(shop.Items, stage.Id.Value, common.ToString());

    private InputContent Items(PerItemStage stage) => decision.Inputs.First(input => input.Name == stage.Items);

    /// <param name="unusable">Number of items that cannot be processed.</param>
    /// <returns>Sorted by id, ordinal.</returns>
    private TreeFile[] ItemsOf(PerItemStage stage, int unusable)
    {
        var input = Items(stage);
        var tree = input.Tree ?? TreeOf(stage, input);
        TreeFile[] items = [.. tree.Files.Where(file => stage.IsItem(file.Path)).OrderBy(file => file.Path, StringComparer.Ordinal)];
        return items.Length + unusable > 0
            ? items
            : throw new StageFailure(
                stage.Id, $"input '{stage.Items}' ({input.Path}) holds no item among its {tree.Count} files; {stage.Wanted}.");
    }

    /// <summary>The files of another stage's output.</summary>
    private FileTree TreeOf(PerItemStage stage, InputContent input) => InputContent.FolderHash(input.Identity) is not { } hash
        ? throw new StageFailure(stage.Id, $"its items are input '{stage.Items}', which is a file; a folder is needed.")
        : shop.Store.Trees.Find(hash) ?? shop.Store.Hasher.TreeOf(input.Path!, Glob.Everything)!;

    private async Task<ItemResult[]> ProcessAsync(
        PerItemStage stage, TreeFile[] items, ContentHash common, ItemCache cache, ActiveRun run, CancellationToken cancellation)
    {
        ContentHash KeyOf(TreeFile item) => StageManifest.ItemKey(common, item.Path, item.Hash);
        var results = new ItemResult?[items.Length];
        var options = new ParallelOptions { MaxDegreeOfParallelism = stage.Workers, CancellationToken = cancellation };
        if (!forced)
            Parallel.For(0, items.Length, options, index => results[index] = cache.Find(KeyOf(items[index]), items[index].Path));
        int[] pending = [.. Enumerable.Range(0, items.Length).Where(index => results[index] is null)];
        var known = results.OfType<ItemResult>().Sum(result => result.Files.Sum(file => file.Size));
        stage.Prepare(run, [.. pending.Select(index => items[index].Path)], cache.Files().Sum(kept => kept.File.Size) - known);
        var done = items.Length - pending.Length;
        await Parallel.ForEachAsync(pending, options, async (index, inner) =>
        {
            results[index] = await ProcessAsync(stage, items[index], KeyOf(items[index]), cache, run, inner);
            run.Progress.Report(new StageProgress(Interlocked.Increment(ref done), items.Length, "files"));
        });
        run.Metric(Processed, pending.Length);
        return results!;
    }

    private async Task<ItemResult> ProcessAsync(
        PerItemStage stage, TreeFile item, ContentHash key, ItemCache cache, ActiveRun run, CancellationToken cancellation)
    {
        var folder = Folders.Create(run.ItemsFolder, key.ToString());
        var source = Path.Combine(run.Input(stage.Items), item.Path.Replace('/', Path.DirectorySeparatorChar));
        try
        {
            var work = new ItemRun(item.Path, source, folder, run);
            await stage.ProcessAsync(work, cancellation);
            RequireUnchanged(item, source);
            return cache.Accept(key, item.Path, folder, work.Note);
        }
        catch (ItemRejectedException rejection)
        {
            Folders.Delete(folder);
            RequireUnchanged(item, source);
            return cache.Reject(key, item.Path, shop.Options.Redact(rejection.Message));
        }
        catch (Exception cause) when (cause is not ItemFailure && !cancellation.IsCancellationRequested)
        {
            throw new ItemFailure(item.Path, cause);
        }
    }

    /// <summary>The cache keeps a result for good under the content the item had when it was planned.</summary>
    private void RequireUnchanged(TreeFile item, string source)
    {
        if (!Seal.IsIntact(source, item.Size) && shop.Store.Hasher.HashOf(source) != item.Hash)
            throw new ItemFailure(item.Path, new IOException($"{source} changed while it was processed; its result is not kept. Run again."));
    }
}
