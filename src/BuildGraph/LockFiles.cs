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
        var lines = Encoding.UTF8.GetString(Content(PathOf(stage))).Split('\n');
        var line = lines.FirstOrDefault(line => line.StartsWith(KeyName, StringComparison.Ordinal));
        return ContentHash.TryParse(line?[KeyName.Length..].TrimEnd(), out var key) ? key : null;
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

    private static string Text(ActionRecord record) =>
        $"{KeyName}{record.Key}\noutputs:\n" + string.Concat(record.Outputs.Select(output => $"  {output.Name}: {output.Hash}\n"));
}
