namespace Tmrvc.Corpora;

/// <summary>A line of <c>quarantine.jsonl</c>: a file that was left out, and why.</summary>
public sealed record QuarantinedItem(string Id, string Reason);
