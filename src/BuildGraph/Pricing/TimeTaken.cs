using System.Globalization;

namespace Tmrvc.BuildGraph;

/// <summary>
/// How long a stage has been at work on its key. A training goes on where an earlier run was interrupted, so the time of that run
/// counts; it is noted beside the checkpoints every minute, so that a kill costs at most that of the account.
/// </summary>
internal sealed class TimeTaken : IDisposable
{
    private static readonly TimeSpan BetweenNotes = TimeSpan.FromMinutes(1);

    private readonly Lock _lock = new();
    private readonly TimeProvider _clock;
    private readonly string? _note;
    private readonly TimeSpan _before;
    private readonly long _started;
    private readonly ITimer? _timer;

    private TimeTaken(string? note, TimeProvider clock)
    {
        (_note, _clock, _started) = (note, clock, clock.GetTimestamp());
        if (note is null)
            return;
        _before = Read(note);
        _timer = clock.CreateTimer(_ => Write(), null, BetweenNotes, BetweenNotes);
    }

    public TimeSpan Total => _before + _clock.GetElapsedTime(_started);

    /// <param name="folder">Of the stage's key.</param>
    public static TimeTaken Of(Stage stage, string folder, TimeProvider clock) =>
        new(stage is TrainingStage ? Path.Combine(folder, "seconds.txt") : null, clock);

    public void Dispose()
    {
        _timer?.Dispose();
        if (_note is not null)
            Write();
    }

    private static TimeSpan Read(string note) =>
        File.Exists(note) && double.TryParse(File.ReadAllText(note), CultureInfo.InvariantCulture, out var seconds) && seconds >= 0
            ? TimeSpan.FromSeconds(seconds)
            : TimeSpan.Zero;

    /// <summary>An account that cannot be kept does not stop the work.</summary>
    private void Write()
    {
        try
        {
            lock (_lock)
                File.WriteAllText(_note!, Total.TotalSeconds.ToString("0.###", CultureInfo.InvariantCulture));
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
        }
    }
}
