using Tmrvc.ArtifactStore;

namespace Tmrvc.BuildGraph;

/// <summary>An input whose content is known.</summary>
/// <param name="Identity">What enters the key: the kind of content and its hash, or a version.</param>
/// <param name="Path">Absolute; null where nothing is read.</param>
/// <param name="Tree">The files, for a folder that is not a stage's output.</param>
internal sealed record InputContent(string Name, string Identity, string? Path, FileTree? Tree = null)
{
    private const string FolderPrefix = "folder ";

    public static InputContent OfFile(string name, string path, ContentHash hash) => new(name, $"file {hash}", path);

    public static InputContent OfFolder(string name, string path, ContentHash hash, FileTree? tree = null) =>
        new(name, FolderPrefix + hash, path, tree);

    public static InputContent OfTool(string name, string version) => new(name, $"tool {version}", null);

    /// <summary>The hash within an identity of a folder; null for other identities.</summary>
    public static ContentHash? FolderHash(string? identity) =>
        identity?.StartsWith(FolderPrefix, StringComparison.Ordinal) == true ? ContentHash.Parse(identity[FolderPrefix.Length..]) : null;
}
