using Tmrvc.ArtifactStore;

namespace Tmrvc.BuildGraph;

/// <summary>What is to be done with a stage, as far as can be told.</summary>
internal sealed record Decision(Stage Stage, Judgement Judgement, IReadOnlyList<InputFinding> Findings)
{
    public PlannedState State => Judgement.State;

    /// <summary>For people.</summary>
    public string Reason { get; init; } = Judgement.Reason;

    /// <summary>Null while an input is unknown.</summary>
    public ContentHash? Key => Judgement.Key;

    /// <summary>The record under the key, if there is one.</summary>
    public ActionRecord? Record => Judgement.Record;

    /// <summary>The last record under this profile, to compare with; null when there is none or nothing to compare.</summary>
    public ActionRecord? Last { get; init; }

    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>Whether <see cref="Notes"/> tell that the code behind it changed under an unchanged version.</summary>
    public bool HasNewerCode { get; init; }

    /// <summary>Inputs whose content is known.</summary>
    public IReadOnlyList<InputContent> Inputs => [.. Findings.OfType<InputFinding.Known>().Select(known => known.Content)];

    /// <summary>Outputs that consumers may count on; null when a run may change them.</summary>
    public EntrySet? Outputs => State is PlannedState.Fresh or PlannedState.Restore ? new EntrySet(Record!.Outputs) : null;
}
