using System.Collections.Concurrent;
using System.Text;
using Tmrvc.ArtifactStore;

namespace Tmrvc.BuildGraph;

/// <summary>Hashes of the C# and C++ files behind stages, one per project folder and process.</summary>
internal sealed class SourceHashes(string root, StageSources sources, ContentHasher hasher)
{
    private static readonly Glob Code = new("**/*.{cs,cpp}");

    private readonly ConcurrentDictionary<string, ContentHash?> _projects = new();
    private readonly ConcurrentDictionary<Type, IReadOnlyList<string>> _folders = new();

    public IReadOnlyList<string> Folders(Stage stage) => _folders.GetOrAdd(stage.GetType(), _ => sources.Folders(stage));

    /// <returns>Null when a folder is not at hand, as in an installed copy.</returns>
    public ContentHash? HashOf(Stage stage)
    {
        var hashes = Folders(stage).Select(folder => _projects.GetOrAdd(folder, Hash)).ToArray();
        return hashes.Length == 0 || hashes.Contains(null)
            ? null
            : ContentHash.Of(Encoding.UTF8.GetBytes("sources 1\n" + string.Join('\n', hashes)));
    }

    private ContentHash? Hash(string folder) => hasher.TreeOf(Path.GetFullPath(folder, root), Code)?.Hash;
}
