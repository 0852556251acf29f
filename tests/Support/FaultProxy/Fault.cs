namespace Tmrvc.FaultProxy;

/// <param name="Where">In [0, 1): the share of the body before the cut or the flipped byte.</param>
/// <param name="RetryAfter">Seconds, sent with 429 and 503.</param>
public sealed record Fault(FaultKind Kind, double Where = 0.5, int RetryAfter = 0)
{
    public override string ToString() => FormattableString.Invariant($"{Kind} at {Where:0.00}");

    internal int Cut(byte[] body) => (int)(Where * body.Length);

    internal byte[] Flip(byte[] body)
    {
        var flipped = body.ToArray();
        var at = Cut(body);
        flipped[at] ^= (byte)(1 << at % 8);
        return flipped;
    }
}

/// <summary>A fault that a client was really shown.</summary>
/// <param name="Request">Method and path.</param>
public sealed record InjectedFault(Fault Fault, string Request)
{
    public override string ToString() => $"{Fault}: {Request}";
}
