using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Tmrvc.Features;

/// <summary>
/// Random numbers as a pure function of their coordinates (seed, epoch, speaker, slot …): no state, so any of them can be drawn
/// at any time in any order. SplitMix64 (Steele, Lea, Flood 2014) absorbs the coordinates one after another.
/// </summary>
internal readonly struct KeyedRandom
{
    private readonly ulong _state;

    private KeyedRandom(ulong state) => _state = state;

    internal static KeyedRandom Seed(long seed) => new(Mix((ulong)seed));

    /// <summary>An independent generator for one value of the next coordinate.</summary>
    internal KeyedRandom At(long coordinate) => new(Mix(_state ^ Mix((ulong)coordinate + 0x632BE59BD9B4E019)));

    internal KeyedRandom For(RandomDomain domain) => At((long)domain);

    /// <summary>One for each name, by its SHA-256.</summary>
    internal KeyedRandom At(string name) => At(BinaryPrimitives.ReadInt64BigEndian(SHA256.HashData(Encoding.UTF8.GetBytes(name))));

    internal ulong Bits => Mix(_state);

    /// <summary>Uniform in [0, <paramref name="count"/>).</summary>
    internal int Below(int count) => (int)Math.BigMul(Bits, (ulong)count, out _);

    /// <summary>Uniform in [<paramref name="low"/>, <paramref name="high"/>).</summary>
    internal double Between(double low, double high) => low + (high - low) * ((Bits >> 11) * (1.0 / (1UL << 53)));

    /// <summary>Uniform in its logarithm, in [<paramref name="low"/>, <paramref name="high"/>), both above 0.</summary>
    internal double BetweenByRatio(double low, double high) => low * Math.Pow(high / low, Between(0, 1));

    /// <summary>0 … <paramref name="count"/> − 1 in random order (Fisher–Yates).</summary>
    internal int[] Permutation(int count)
    {
        var order = Enumerable.Range(0, count).ToArray();
        for (var i = count - 1; i > 0; i--)
        {
            var other = At(i).Below(i + 1);
            (order[i], order[other]) = (order[other], order[i]);
        }
        return order;
    }

    private static ulong Mix(ulong value)
    {
        value += 0x9E3779B97F4A7C15;
        value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9;
        value = (value ^ (value >> 27)) * 0x94D049BB133111EB;
        return value ^ (value >> 31);
    }
}
