using System.Text;
using Tmrvc.ArtifactStore;

namespace Tmrvc.BuildGraph;

/// <summary>An input whose content is known.</summary>
/// <param name="Identity">What enters the key: the kind of content and its hash, or a version.</param>
/// <param name="Path">Absolute; null where nothing is read.</param>
/// <param name="Tree">The usable files, for a folder that is not a stage's output.</param>
internal sealed record InputContent(string Name, string Identity, string? Path, FileTree? Tree = null)
{
    private const string FolderPrefix = "folder ";

    /// <summary>Files of a folder that cannot be had; they count for the identity all the same.</summary>
    public IReadOnlyList<UnusableFile> Unusable { get; private init; } = [];

    public static InputContent OfFile(string name, string path, ContentHash hash) => new(name, $"file {hash}", path);

    public static InputContent OfFolder(string name, string path, ContentHash hash, FileTree? tree = null) =>
        new(name, FolderPrefix + hash, path, tree);

    public static InputContent OfFiles(string name, string path, FileTree tree, IReadOnlyList<UnusableFile> unusable)
    {
        var content = OfFolder(name, path, tree.Hash, tree);
        if (unusable.Count == 0)
            return content;
        var list = "unusable 1\n" + string.Concat(unusable.Select(file => $"{file.Path}: {file.Reason}\n"));
        return content with { Identity = $"{content.Identity} without {ContentHash.Of(Encoding.UTF8.GetBytes(list))}", Unusable = unusable };
    }

    public static InputContent OfTool(string name, string version) => new(name, $"tool {version}", null);

    /// <summary>The hash within an identity of a folder; null for other identities.</summary>
    public static ContentHash? FolderHash(string? identity) =>
        identity?.StartsWith(FolderPrefix, StringComparison.Ordinal) == true ? ContentHash.Parse(identity.Split(' ')[1]) : null;
}
