using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Tmrvc.Support;

/// <summary>Says for each request what goes wrong with it; null for nothing. Called by several threads.</summary>
public delegate FileFault? FileFaultPlan(FileRequest request);

public static class FileFaultPlans
{
    public static readonly FileFaultPlan None = _ => null;

    /// <summary>The first so many requests of a choice.</summary>
    public static FileFaultPlan First(int count, FileFault fault, Func<FileRequest, bool>? when = null)
    {
        var seen = 0;
        return request => (when is null || when(request)) && Interlocked.Increment(ref seen) <= count ? fault : null;
    }

    /// <summary>
    /// Resets, cuts short, refuses, and damages a share of the answers. What befalls a request follows from the seed, from what it asks
    /// for and how often that was asked before, not from the order in which parallel requests arrive. Each part comes through
    /// unharmed at the third time of asking, and undamaged at the second, so that a client that persists is served.
    /// </summary>
    public static FileFaultPlan Unreliable(int seed, double share = 0.4) => request =>
    {
        if (request.Occurrence >= 2)
            return null;
        var drawn = SHA256.HashData(Encoding.UTF8.GetBytes($"{seed} {request.Name} {request.To} {request.Occurrence}"));
        var where = Fraction(drawn, 8);
        return Fraction(drawn, 0) >= share ? null : (int)(Fraction(drawn, 4) * 4) switch
        {
            0 => new FileFault.Reset(where),
            1 => new FileFault.CutShort(where),
            2 => new FileFault.Refusal(503, "0"),
            _ => request.Occurrence == 0 && !request.IsProbe ? new FileFault.FlippedBit(where) : null,
        };
    };

    private static double Fraction(byte[] bytes, int at) => BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(at)) / 4294967296.0;
}
