using System.Text.Json;

namespace Tmrvc.Training;

/// <summary>
/// The checkpoints of one run: a folder each, named by step, with the SHA-256 of every file in it. A checkpoint appears by
/// rename after its files are on the disk; the last two are kept.
/// </summary>
public sealed class CheckpointFolder
{
    private const string Finished = "step-";
    private const string Unfinished = ".unfinished-";
    private const int Kept = 2;

    private readonly string _root;
    private readonly Action<string> _log;

    /// <param name="log">Told of every checkpoint that cannot be used, and why.</param>
    public CheckpointFolder(string root, Action<string> log)
    {
        _root = root;
        _log = log;
        Directory.CreateDirectory(root);
        foreach (var leftover in Directory.EnumerateDirectories(root, Unfinished + "*")) Directory.Delete(leftover, recursive: true);
    }

    /// <summary>The latest checkpoint whose files all have the checksums they were written with; null when there is none.</summary>
    public Checkpoint? FindLatest()
    {
        foreach (var folder in Newest())
        {
            if (CheckSums.Mistake(folder) is not { } mistake) return new Checkpoint(folder, ReadState(folder));
            _log($"Checkpoint {Path.GetFileName(folder)} is corrupt: {mistake}. Falling back to the one before.");
            Directory.Delete(folder, recursive: true);
        }
        return null;
    }

    /// <param name="write">Writes the tensor files into the folder it is given.</param>
    public void Save(CheckpointState state, Action<string> write)
    {
        var final = Path.Combine(_root, $"{Finished}{state.Step:D10}");
        var unfinished = Directory.CreateDirectory(Path.Combine(_root, Unfinished + Path.GetFileName(final))).FullName;
        write(unfinished);
        DurableFile.Write(Path.Combine(unfinished, "state.json"), JsonSerializer.SerializeToUtf8Bytes(state));
        CheckSums.Write(unfinished);
        if (Directory.Exists(final)) Directory.Delete(final, recursive: true);
        Directory.Move(unfinished, final);
        foreach (var old in Newest().Skip(Kept)) Directory.Delete(old, recursive: true);
    }

    private IEnumerable<string> Newest() =>
        Directory.GetDirectories(_root, Finished + "*").OrderByDescending(folder => folder, StringComparer.Ordinal).ToList();

    private static CheckpointState ReadState(string folder) =>
        JsonSerializer.Deserialize<CheckpointState>(File.ReadAllBytes(Path.Combine(folder, "state.json")))!;
}
