using Tmrvc.ArtifactStore;

namespace Tmrvc.BuildGraph;

/// <summary>Decides about one stage whose inputs have been looked for. Changes nothing.</summary>
internal interface IJudge
{
    Judgement Of(Stage stage, IReadOnlyList<InputFinding> findings);

    /// <summary>Asks the shared store about a stage that was judged <see cref="Judgement.Unasked"/>; the next judgement knows the answer.</summary>
    Task AskAsync(Decision decision, CancellationToken cancellation);
}

/// <param name="Reason">Empty for changed settings or inputs, which comparison names.</param>
internal sealed record Judgement(PlannedState State, string Reason, ContentHash? Key = null, ActionRecord? Record = null)
{
    /// <summary>The shared store may know more; until it has been asked this is what is known here.</summary>
    public bool Unasked { get; init; }

    /// <summary>What lies where its outputs belong is not what was recorded: it does not stay so, needed or not.</summary>
    public bool IsDamaged { get; init; }

    /// <summary>Bytes that restoring brings from the shared store.</summary>
    public long Download { get; init; }
}
