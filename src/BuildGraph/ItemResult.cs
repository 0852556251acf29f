using Tmrvc.ArtifactStore;

namespace Tmrvc.BuildGraph;

/// <summary>One item of a per-item stage.</summary>
/// <param name="Id">Path relative to the items' folder, forward slashes.</param>
/// <param name="Source">Absolute path of the item's file.</param>
/// <param name="Folder">Empty private folder for the item's result files; it may hold no folders.</param>
/// <param name="Run">The stage's other inputs, log and metrics.</param>
public sealed record ItemRun(string Id, string Source, string Folder, StageRun Run)
{
    /// <summary>A few words kept with the result, quicker at hand than a file of their own.</summary>
    public string? Note { get; set; }
}

/// <summary>What one item, or a group of items, came to.</summary>
/// <param name="Id">As in <see cref="ItemRun"/>, or the group's name.</param>
/// <param name="Files">By name; none when rejected.</param>
/// <param name="Rejection">Why the item was quarantined; null when accepted.</param>
public sealed record ItemResult(string Id, IReadOnlyList<ItemFile> Files, string? Rejection)
{
    /// <summary>As in <see cref="ItemRun"/>.</summary>
    public string? Note { get; init; }

    public bool IsAccepted => Rejection is null;

    /// <summary>Of the item, its content and all else its result rests on.</summary>
    internal ContentHash Key { get; init; }

    /// <exception cref="InvalidOperationException">The result has no such file.</exception>
    public ItemFile this[string name] => Files.FirstOrDefault(file => file.Name == name)
        ?? throw new InvalidOperationException($"{Id}: has no result '{name}' among {string.Join(", ", Files.Select(file => file.Name))}.");
}

/// <summary>A file of a result, read-only.</summary>
/// <param name="Name">As the stage named it.</param>
/// <param name="Path">Absolute.</param>
/// <param name="Size">Bytes.</param>
public sealed record ItemFile(string Name, string Path, long Size)
{
    internal ContentHash Hash { get; init; }
}
