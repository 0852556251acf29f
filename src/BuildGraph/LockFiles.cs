using System.Text;
using Tmrvc.ArtifactStore;

namespace Tmrvc.BuildGraph;

/// <summary>
/// One small YAML file per stage, sorted and without times, so that a git revision names its artifacts (guarantee 8). Written only
/// when it changes.
/// </summary>
internal sealed class LockFiles(string folder)
{
    private const string KeyName = "key: ";

    public string PathOf(StageId stage) => Path.Combine(folder, $"{stage}.yaml");

    /// <returns>The key the stage last had; null when the stage has no lock file, or one that cannot be read.</returns>
    public ContentHash? FindKey(StageId stage)
    {
        if (!File.Exists(PathOf(stage)))
            return null;
        var line = File.ReadLines(PathOf(stage)).FirstOrDefault(line => line.StartsWith(KeyName, StringComparison.Ordinal));
        return ContentHash.TryParse(line?[KeyName.Length..], out var key) ? key : null;
    }

    /// <exception cref="StorageException"/>
    public void Write(ActionRecord record)
    {
        var path = PathOf(record.Stage);
        var text = Encoding.UTF8.GetBytes(Text(record));
        if (!File.Exists(path) || !File.ReadAllBytes(path).AsSpan().SequenceEqual(text))
            AtomicFile.Replace(path, text, flush: false);
    }

    private static string Text(ActionRecord record) =>
        $"{KeyName}{record.Key}\noutputs:\n" + string.Concat(record.Outputs.Select(output => $"  {output.Name}: {output.Hash}\n"));
}
