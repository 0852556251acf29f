using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Tmrvc.FaultProxy;

/// <summary>Says for each request what goes wrong with it; null for nothing. Called by several threads.</summary>
public delegate Fault? FaultPlan(ProxiedRequest request);

public static class FaultPlans
{
    public static readonly FaultPlan None = _ => null;

    /// <summary>The same for every request of a choice.</summary>
    public static FaultPlan Always(Fault fault, Func<ProxiedRequest, bool> when) => request => when(request) ? fault : null;

    /// <summary>For the first so many requests of a choice.</summary>
    public static FaultPlan First(int count, Fault fault, Func<ProxiedRequest, bool> when)
    {
        var seen = 0;
        return request => when(request) && Interlocked.Increment(ref seen) <= count ? fault : null;
    }

    /// <summary>
    /// One of the kinds that a choice offers, for a share of the requests. A request's luck depends on the seed, on what it asks for and
    /// on how often that was asked before, not on the order in which parallel requests arrive.
    /// </summary>
    public static FaultPlan Random(int seed, double share, Func<ProxiedRequest, IReadOnlyList<FaultKind>> choice) => request =>
    {
        var drawn = SHA256.HashData(Encoding.UTF8.GetBytes($"{seed} {request} {request.Occurrence}"));
        var kinds = choice(request);
        return kinds.Count > 0 && Fraction(drawn, 0) < share
            ? new Fault(kinds[(int)(Fraction(drawn, 4) * kinds.Count)], Fraction(drawn, 8))
            : null;
    };

    private static double Fraction(byte[] bytes, int at) => BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(at)) / 4294967296.0;
}
