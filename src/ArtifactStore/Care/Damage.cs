namespace Tmrvc.ArtifactStore;

/// <summary>Something whose bytes are not what its name says. It has been dropped.</summary>
/// <param name="Path">Relative to the store.</param>
/// <param name="Found">What the bytes are.</param>
public abstract record Damage(ContentHash Hash, string Path, ContentHash Found)
{
    public sealed record Object(ContentHash Hash, string Path, ContentHash Found) : Damage(Hash, Path, Found);

    public sealed record Tree(ContentHash Hash, string Path, ContentHash Found) : Damage(Hash, Path, Found);

    /// <param name="Files">What lay there.</param>
    public sealed record Entry(ContentHash Hash, string Path, ContentHash Found, IReadOnlyList<TreeFile> Files) : Damage(Hash, Path, Found);
}
