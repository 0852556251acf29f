namespace Tmrvc.Support;

/// <summary>What goes wrong with one answer.</summary>
public abstract record FileFault
{
    private FileFault()
    {
    }

    /// <summary>The connection is reset after a share of the body, in [0, 1].</summary>
    public sealed record Reset(double Where = 0.5) : FileFault;

    /// <summary>The connection ends in order after a share of the promised body, in [0, 1].</summary>
    public sealed record CutShort(double Where = 0.5) : FileFault;

    /// <summary>Nothing comes after a share of the body, in [0, 1], until the client gives up.</summary>
    public sealed record Stall(double Where = 0.5) : FileFault;

    /// <summary>One bit at a share of the body, in [0, 1), is another.</summary>
    public sealed record FlippedBit(double Where = 0.5) : FileFault;

    /// <param name="RetryAfter">The header's value, seconds or a date; null to send none.</param>
    public sealed record Refusal(int Status, string? RetryAfter = null) : FileFault;

    /// <summary>The whole file where a part was asked for.</summary>
    public sealed record IgnoredRange : FileFault;

    /// <summary>Another part than the one that was asked for, and said to be so.</summary>
    public sealed record OtherPart : FileFault;
}
