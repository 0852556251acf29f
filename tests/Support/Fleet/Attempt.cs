namespace Tmrvc.Fleet;

/// <summary>A stage at work in one front door: when it began, from which step, and when each checkpoint was there.</summary>
internal sealed class Attempt(string stage, TimeSpan began)
{
    private readonly SortedDictionary<int, TimeSpan> _checkpoints = [];

    public string Stage => stage;

    public TimeSpan Began => began;

    /// <summary>0 for a beginning.</summary>
    public int From { get; set; }

    /// <summary>Null while it is at work.</summary>
    public TimeSpan? Ended { get; private set; }

    public bool IsFinished { get; private set; }

    public TimeSpan Took => Ended!.Value - Began;

    public void Saw(int step, TimeSpan moment) => _checkpoints.TryAdd(step, moment);

    public void End(TimeSpan moment, bool isFinished) => (Ended, IsFinished) = (moment, isFinished);

    /// <summary>What of it is of no use to one that goes on from a step: what came after the last checkpoint up to there.</summary>
    public TimeSpan LostBefore(int step) =>
        Ended!.Value - _checkpoints.Where(checkpoint => checkpoint.Key <= step).Select(checkpoint => checkpoint.Value).Append(Began).Max();
}
