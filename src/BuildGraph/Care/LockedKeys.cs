using System.Text;
using Tmrvc.ArtifactStore;

namespace Tmrvc.BuildGraph;

/// <summary>
/// The keys that anybody's lock files name: on every branch and tag, local and remote, and in the work trees, committed or not.
/// </summary>
/// <param name="Refs">Number of branches, tags and other refs that were read.</param>
/// <param name="Gaps">Reasons why this clone may not know every branch; empty for a full one.</param>
public sealed record LockedKeys(IReadOnlySet<ContentHash> Keys, int Refs, IReadOnlyList<string> Gaps)
{
    /// <param name="root">Absolute path of the checkout.</param>
    /// <param name="artifacts">As <see cref="EngineOptions.Artifacts"/>.</param>
    /// <exception cref="GitException">Not a checkout, or git cannot be asked: nobody knows what to keep.</exception>
    /// <exception cref="StorageException">A lock file of the work tree cannot be read.</exception>
    public static async Task<LockedKeys> ReadAsync(string root, string artifacts, CancellationToken cancellation)
    {
        var git = new Git(root);
        var folder = Path.GetRelativePath(root, Path.GetFullPath(Path.Combine(artifacts, "lock"), root)).Replace('\\', '/');
        var prefix = (await git.LinesAsync(["rev-parse", "--show-prefix"], "", cancellation)).FirstOrDefault("");
        var refs = await git.LinesAsync(["for-each-ref", "--format=%(objectname)"], "", cancellation);
        var trees = await git.LinesAsync(["worktree", "list", "--porcelain"], "", cancellation);
        var committed = await CommittedAsync(git, [.. refs, .. Values(trees, "HEAD ")], prefix + folder, cancellation);
        var working = Values(trees, "worktree ").SelectMany(tree => InWorkTree(Path.Combine(tree, prefix, folder)));
        var keys = committed.Concat(working).SelectMany(LockFiles.KeysIn).ToHashSet();
        return new LockedKeys(keys, refs.Length, await GapsAsync(git, refs.ToHashSet(), cancellation));
    }

    private static IEnumerable<string> Values(IEnumerable<string> lines, string name) =>
        lines.Where(line => line.StartsWith(name, StringComparison.Ordinal)).Select(line => line[name.Length..]);

    /// <summary>The text of every lock file, each content once: most branches have most of them in common.</summary>
    private static async Task<IEnumerable<string>> CommittedAsync(
        Git git, IEnumerable<string> commits, string folder, CancellationToken cancellation)
    {
        var questions = string.Concat(commits.Distinct().Select(commit => $"{commit}:{folder}\n"));
        var found = await git.LinesAsync(["cat-file", "--batch-check"], questions, cancellation);
        var blobs = new HashSet<string>();
        foreach (var tree in found.Select(line => line.Split(' ')).Where(line => line is [_, "tree", _]).Select(line => line[0]).Distinct())
            blobs.UnionWith(await BlobsAsync(git, tree, cancellation));
        return GitBatch.Contents(await git.AskAsync(["cat-file", "--batch"], string.Concat(blobs.Select(blob => blob + '\n')), cancellation));
    }

    /// <returns>Ids of the lock files below a tree.</returns>
    private static async Task<IEnumerable<string>> BlobsAsync(Git git, string tree, CancellationToken cancellation)
    {
        var listing = Encoding.UTF8.GetString(await git.AskAsync(["ls-tree", "-r", "-z", tree], "", cancellation));
        return listing.Split('\0', StringSplitOptions.RemoveEmptyEntries)
            .Where(line => line.EndsWith(LockFiles.Extension, StringComparison.Ordinal))
            .Select(line => line.Split('\t')[0].Split(' ')[2]);
    }

    private static IEnumerable<string> InWorkTree(string folder)
    {
        try
        {
            return Directory.Exists(folder)
                ? [.. Directory.EnumerateFiles(folder, "*" + LockFiles.Extension, SearchOption.AllDirectories).Select(File.ReadAllText)]
                : [];
        }
        catch (Exception cause) when (StorageException.Concerns(cause))
        {
            throw StorageException.About(folder, cause);
        }
    }

    private static async Task<IReadOnlyList<string>> GapsAsync(Git git, IReadOnlySet<string> known, CancellationToken cancellation)
    {
        var gaps = new List<string>();
        if ((await git.LinesAsync(["rev-parse", "--is-shallow-repository"], "", cancellation)) is ["true"])
            gaps.Add("this clone is shallow: git fetch --unshallow");
        var settings = await git.LinesAsync(["config", "--list"], "", cancellation);
        foreach (var remote in settings.Select(RemoteOf).OfType<string>().Distinct())
        {
            if (!settings.Any(line => line.StartsWith($"remote.{remote}.fetch=", StringComparison.OrdinalIgnoreCase) && line.Contains("refs/heads/*:")))
                gaps.Add($"not every branch of {remote} is fetched: git remote set-branches {remote} '*' && git fetch {remote}");
            if (await NewsAsync(git, remote, known, cancellation) is { } news)
                gaps.Add(news);
        }
        return gaps;
    }

    /// <returns>What the remote has and this clone does not; null when there is nothing. git's own words are left out: an address may hold a password.</returns>
    private static async Task<string?> NewsAsync(Git git, string remote, IReadOnlySet<string> known, CancellationToken cancellation)
    {
        try
        {
            var there = await git.LinesAsync(["ls-remote", "--heads", "--tags", "--refs", remote], "", cancellation);
            var news = there.Select(line => line.Split('\t')).Where(parts => !known.Contains(parts[0])).Select(parts => parts[1]).ToArray();
            return news.Length == 0 ? null
                : $"{remote} has {news[0]}{(news.Length > 1 ? $" and {news.Length - 1} more" : "")}, unknown here: git fetch --all --tags --prune";
        }
        catch (GitException)
        {
            return $"{remote} does not tell its branches: see git ls-remote {remote}";
        }
    }

    /// <summary>X of <c>remote.X.url=…</c>.</summary>
    private static string? RemoteOf(string setting)
    {
        var end = setting.IndexOf(".url=", StringComparison.Ordinal);
        return setting.StartsWith("remote.", StringComparison.Ordinal) && end > 0 ? setting["remote.".Length..end] : null;
    }
}
