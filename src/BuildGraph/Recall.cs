using System.Text;
using Tmrvc.ArtifactStore;

namespace Tmrvc.BuildGraph;

/// <summary>Finds again what a lock file names, of this revision or another. Decides nothing and runs nothing.</summary>
public sealed class Recall
{
    private readonly Workshop _shop;

    internal Recall(Workshop shop) => _shop = shop;

    /// <summary>The text of the lock file in the work tree; null when there is none.</summary>
    public string? LockFileOf(StageId stage) =>
        File.Exists(_shop.Locks.PathOf(stage)) ? File.ReadAllText(_shop.Locks.PathOf(stage)) : null;

    /// <summary>The texts of all lock files as a revision has them, by stage.</summary>
    /// <returns>Null when git knows no such revision.</returns>
    /// <exception cref="GitException">There is no git, or this is no checkout.</exception>
    public async Task<IReadOnlyDictionary<StageId, string>?> LockFilesAtAsync(string revision, CancellationToken cancellation)
    {
        var git = new Git(_shop.Options.Root);
        if ((await git.LinesAsync(["cat-file", "--batch-check"], $"{revision}^{{commit}}\n", cancellation)) is not [var answer] || answer.EndsWith("missing", StringComparison.Ordinal))
            return null;
        var folder = $"./{_shop.Options.Artifacts}/lock/{_shop.Options.Profile}/";
        var texts = new Dictionary<StageId, string>();
        foreach (var path in await git.LinesAsync(["ls-tree", "--name-only", $"{revision}^{{commit}}", "--", folder], "", cancellation))
            if (path.EndsWith(LockFiles.Extension, StringComparison.Ordinal) && StageId.IsValid(Path.GetFileNameWithoutExtension(path)))
                texts[new StageId(Path.GetFileNameWithoutExtension(path))] =
                    Encoding.UTF8.GetString(await git.AskAsync(["show", $"{revision}:./{path}"], "", cancellation));
        return texts;
    }

    /// <returns>Null when nobody has the record that the lock file names.</returns>
    public async Task<ActionRecord?> FindAsync(StageId stage, string lockFile, CancellationToken cancellation)
    {
        if (LockFiles.Read(lockFile) is not { } locked)
            return null;
        if (_shop.Records.Find(locked.Key) is { } own && locked.Names(own))
            return own;
        return _shop.Shared is { } shared && await shared.FindAsync(locked.Key, stage, locked.Outputs.Keys, cancellation) is { } theirs && locked.Names(theirs)
            ? theirs
            : null;
    }

    /// <summary>Puts the outputs in place, from here or from the shared store.</summary>
    /// <returns>The folder that holds them; null when they are not to be had.</returns>
    /// <exception cref="StorageException"/>
    public async Task<string?> RestoreAsync(ActionRecord record, IRunObserver observer, CancellationToken cancellation)
    {
        var (result, _) = await new StageRestore(_shop, new ObserverTurn(observer)).TryAsync(record, cancellation);
        return result == RestoreResult.InPlace ? _shop.Store.FolderOf(new EntrySet(record.Outputs)) : null;
    }
}
