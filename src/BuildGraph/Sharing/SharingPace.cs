namespace Tmrvc.BuildGraph;

/// <summary>How often and how long the engine deals with the shared store. None of it reaches a key.</summary>
public sealed record SharingPace
{
    public static readonly SharingPace Default = new();

    /// <summary>Between two looks whether another machine has finished a stage.</summary>
    public TimeSpan Poll { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>Between two uploads of a training's checkpoints, at least: what a machine that vanishes loses.</summary>
    public TimeSpan BetweenCheckpoints { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>So many times as long as the last upload took is the pause after it, so that large checkpoints travel more rarely.</summary>
    public double PauseOverUpload { get; init; } = 20;

    /// <summary>How long an interrupted run may still upload checkpoints and finished results.</summary>
    public TimeSpan Grace { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>
    /// A result in use is asked for again after so long, lest a clean-up of the shared store take it for unused; less than
    /// <see cref="CollectionOptions.Delay"/>.
    /// </summary>
    public TimeSpan Reminder { get; init; } = TimeSpan.FromDays(3);

    /// <summary>Stages whose outputs travel at the same time, at least 1.</summary>
    public int Transfers { get; init; } = 2;

    /// <summary>The pause after an upload of checkpoints.</summary>
    internal TimeSpan After(TimeSpan upload) =>
        upload * PauseOverUpload is var pause && pause > BetweenCheckpoints ? pause : BetweenCheckpoints;
}
