using System.Text;
using Tmrvc.ArtifactStore;

namespace Tmrvc.BuildGraph;

/// <summary>
/// One small YAML file per stage, sorted and without times, so that a git revision names its artifacts (guarantee 8). Written only
/// when it changes.
/// </summary>
internal sealed class LockFiles(string folder)
{
    public const string Extension = ".yaml";

    private const string KeyName = "key: ", OutputIndent = "  ";

    /// <summary>Every key that a lock file names: one, or several in one that a merge left undecided.</summary>
    public static IEnumerable<ContentHash> KeysIn(string lockFile) => lockFile.Split('\n')
        .Where(line => line.StartsWith(KeyName, StringComparison.Ordinal))
        .SelectMany(line => ContentHash.TryParse(line[KeyName.Length..].TrimEnd(), out var key) ? [key] : Array.Empty<ContentHash>());

    public string PathOf(StageId stage) => Path.Combine(folder, stage + Extension);

    /// <summary>Stages with a lock file, by name.</summary>
    public IReadOnlyList<StageId> Stages() => Directory.Exists(folder)
        ?
        [
            .. Directory.EnumerateFiles(folder, "*" + Extension).Select(path => Path.GetFileNameWithoutExtension(path))
                .Where(StageId.IsValid).Order(StringComparer.Ordinal).Select(name => new StageId(name)),
        ]
        : [];

    /// <returns>The key the stage last had; null when the stage has no lock file, or one that cannot be read.</returns>
    public ContentHash? FindKey(StageId stage) => Find(stage)?.Key;

    /// <returns>Null when the stage has no lock file, or one that cannot be read.</returns>
    public LockedStage? Find(StageId stage) => Read(Encoding.UTF8.GetString(Content(PathOf(stage))));

    /// <returns>Null when the text is no lock file.</returns>
    public static LockedStage? Read(string lockFile)
    {
        var lines = lockFile.Split('\n').Select(line => line.TrimEnd('\r')).ToArray();
        var line = lines.FirstOrDefault(line => line.StartsWith(KeyName, StringComparison.Ordinal));
        if (!ContentHash.TryParse(line?[KeyName.Length..].TrimEnd(), out var key))
            return null;
        var outputs = new SortedDictionary<string, ContentHash>(StringComparer.Ordinal);
        foreach (var parts in lines.Where(line => line.StartsWith(OutputIndent, StringComparison.Ordinal)).Select(line => line.Trim().Split(": ")))
            if (parts.Length == 2 && ContentHash.TryParse(parts[1], out var hash))
                outputs[parts[0]] = hash;
        return new LockedStage(key, outputs);
    }

    /// <exception cref="StorageException"/>
    public void Write(ActionRecord record)
    {
        var path = PathOf(record.Stage);
        var text = Encoding.UTF8.GetBytes(Text(record));
        if (!Content(path).AsSpan().SequenceEqual(text))
            AtomicFile.Replace(path, text, flush: false);
    }

    /// <returns>Empty when there is no file, or one that cannot be read.</returns>
    private static byte[] Content(string path)
    {
        try
        {
            return File.Exists(path) ? File.ReadAllBytes(path) : [];
        }
        catch (Exception cause) when (StorageException.Concerns(cause))
        {
            return [];
        }
    }

    private static string Text(ActionRecord record) => $"{KeyName}{record.Key}\noutputs:\n" +
        string.Concat(record.Outputs.Select(output => $"{OutputIndent}{output.Name}: {output.Hash}\n"));
}

/// <summary>What a lock file says of a stage.</summary>
/// <param name="Outputs">Content by name, sorted (ordinal).</param>
internal sealed record LockedStage(ContentHash Key, IReadOnlyDictionary<string, ContentHash> Outputs)
{
    /// <summary>Whether the record is the one that was locked.</summary>
    public bool Names(ActionRecord record) => record.Key == Key && record.Outputs.Count == Outputs.Count &&
        record.Outputs.All(output => Outputs.TryGetValue(output.Name, out var hash) && hash == output.Hash);
}
