using System.Globalization;
using System.Text;
using Tmrvc.ArtifactStore;

namespace Tmrvc.BuildGraph;

/// <summary>
/// How long a stage has been at work on its key. What goes on where an earlier run was interrupted takes the time of that run, too; it
/// is noted beside the checkpoints every minute, so that a kill costs at most that of the account, and travels with them.
/// </summary>
internal sealed class TimeTaken : IDisposable
{
    /// <summary>Name of the note within the folder of a stage's key.</summary>
    public const string NoteName = "seconds.txt";

    private static readonly TimeSpan BetweenNotes = TimeSpan.FromMinutes(1);

    private readonly Lock _lock = new();
    private readonly TimeProvider _clock;
    private readonly string _folder;
    private readonly TimeSpan _before;
    private readonly long _started;
    private readonly ITimer _timer;

    /// <param name="folder">Of the stage's key.</param>
    public TimeTaken(Stage stage, string folder, TimeProvider clock)
    {
        (_folder, _clock, _started) = (folder, clock, clock.GetTimestamp());
        _before = Before(stage, folder);
        _timer = clock.CreateTimer(_ => Note(), null, BetweenNotes, BetweenNotes);
    }

    public TimeSpan Total => _before + _clock.GetElapsedTime(_started);

    /// <summary>Of interrupted runs from whose work the stage goes on: zero where none left any.</summary>
    /// <param name="folder">Of the stage's key.</param>
    public static TimeSpan Before(Stage stage, string folder)
    {
        var isKept = stage is TrainingStage or PerItemStage || Directory.Exists(Path.Combine(folder, RunFolders.Unfinished));
        return isKept && Path.Combine(folder, NoteName) is var note && File.Exists(note) &&
            double.TryParse(File.ReadAllText(note), CultureInfo.InvariantCulture, out var seconds) && seconds >= 0
                ? TimeSpan.FromSeconds(seconds)
                : TimeSpan.Zero;
    }

    /// <summary>An account that cannot be kept does not stop the work.</summary>
    /// <param name="folder">Of the stage's key.</param>
    public static void Note(string folder, TimeSpan total)
    {
        try
        {
            AtomicFile.Replace(
                Path.Combine(folder, NoteName), Encoding.ASCII.GetBytes(total.TotalSeconds.ToString("0.###", CultureInfo.InvariantCulture)), flush: false);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or StorageException)
        {
        }
    }

    public void Note()
    {
        lock (_lock)
            Note(_folder, Total);
    }

    public void Dispose()
    {
        _timer.Dispose();
        Note();
    }
}
