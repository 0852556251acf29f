using System.Globalization;

namespace Tmrvc.Slurm;

/// <summary>A line of squeue.</summary>
/// <param name="State">Slurm's own word, such as RUNNING.</param>
/// <param name="Reason">Why it waits; None when it does not.</param>
internal sealed record QueuedJob(long Id, string State, string Reason, string Nodes, string Comment)
{
    /// <summary>For <c>squeue --Format</c>: fields of fixed width, so that none can be mistaken for the next.</summary>
    public const string Format = "JobID:20,State:20,Reason:60,NodeList:100,Comment:200";

    private static readonly int[] Widths = [20, 20, 60, 100, 200];

    /// <summary>States in which nothing of it is at work, though the node may still be cleaning up.</summary>
    private static readonly string[] Ended =
        ["COMPLETED", "FAILED", "CANCELLED", "TIMEOUT", "NODE_FAIL", "PREEMPTED", "BOOT_FAIL", "DEADLINE", "OUT_OF_MEMORY", "REVOKED", "SPECIAL_EXIT"];

    /// <summary>Ended through no fault of its own.</summary>
    private static readonly string[] Interrupted = ["TIMEOUT", "NODE_FAIL", "PREEMPTED", "BOOT_FAIL", "DEADLINE", "REVOKED"];

    public bool HasEnded => Ended.Contains(State);

    /// <summary>Whether an allocation is paid for.</summary>
    public bool HasMachine => State is "RUNNING" or "COMPLETING" or "CONFIGURING" or "STOPPED" or "SIGNALING" or "STAGE_OUT";

    public bool IsEnding => State == "COMPLETING";

    public bool WasInterrupted => Interrupted.Contains(State);

    public bool HasRunOutOfTime => State is "TIMEOUT" or "DEADLINE";

    public bool HasLostItsNode => State is "NODE_FAIL" or "BOOT_FAIL";

    public string Described => (State, Reason) switch
    {
        ("RUNNING", _) => $"runs on {Nodes}",
        (_, "None" or "") => $"is {State.ToLowerInvariant()}",
        _ => $"is {State.ToLowerInvariant()} ({Reason})",
    };

    /// <returns>Null for a line that is none.</returns>
    public static QueuedJob? Parse(string line)
    {
        var (fields, at) = (new string[Widths.Length], 0);
        for (var i = 0; i < fields.Length; at += Widths[i++])
            fields[i] = at < line.Length ? line[at..Math.Min(line.Length, at + Widths[i])].Trim() : "";
        return long.TryParse(fields[0], NumberStyles.None, CultureInfo.InvariantCulture, out var id)
            ? new QueuedJob(id, fields[1], fields[2], fields[3], fields[4])
            : null;
    }
}
