using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Tmrvc.Features;

/// <summary>An utterance of a shard.</summary>
/// <param name="Entry">With its frames.</param>
/// <param name="Read">Gives its features.</param>
internal sealed record ShardMember(UtteranceEntry Entry, Func<UtteranceFeatures> Read);

/// <param name="Name">Of its file, without the ending.</param>
/// <param name="Members">By id (ordinal).</param>
internal sealed record Shard(string Name, IReadOnlyList<ShardMember> Members)
{
    /// <summary>Its name, and what its content owes to the index: ids, speakers and splits.</summary>
    internal string Identity
    {
        get
        {
            var names = string.Concat(Members.Select(member => $"{member.Entry.Id}\n{SpeakerSums.NameOf(member.Entry)}\n"));
            return $"{Name} {Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(names)))}";
        }
    }
}

/// <summary>
/// Divides utterances among shards. Each has a place on a line of 2⁶⁴ by the hash of its speaker, then of its id; the line is halved
/// wherever a part holds more than a shard may. So a changed, added or removed utterance concerns the one shard of its place, or
/// halves or joins that, however large the corpus is; and a shard holds few speakers.
/// </summary>
internal sealed class ShardPlan
{
    private const int PlaceBits = 64;

    private readonly (ulong Place, ShardMember Member)[] _line;
    private readonly double _bytesPerFrame;
    private readonly long _targetBytes;
    private readonly List<Shard> _shards = [];

    private ShardPlan(IEnumerable<ShardMember> members, double bytesPerFrame, long targetBytes)
    {
        (_bytesPerFrame, _targetBytes) = (bytesPerFrame, targetBytes);
        _line = [.. members.Select(member => (PlaceOf(member.Entry), member))];
        Array.Sort(_line, (one, other) => one.Place.CompareTo(other.Place) is not 0 and var order
            ? order
            : string.CompareOrdinal(one.Member.Entry.Id, other.Member.Entry.Id));
        Divide(0, _line.Length, 0);
    }

    /// <param name="targetBytes">No shard of several utterances is larger.</param>
    internal static IReadOnlyList<Shard> Of(IEnumerable<ShardMember> members, double bytesPerFrame, long targetBytes) =>
        new ShardPlan(members, bytesPerFrame, targetBytes)._shards;

    /// <param name="bits">Leading bits that the places from start to end have in common.</param>
    private void Divide(int start, int end, int bits)
    {
        if (start == end)
            return;
        if (end - start == 1 || bits == PlaceBits || Bytes(start, end) <= _targetBytes)
        {
            _shards.Add(Take(start, end, bits));
            return;
        }
        var half = start;
        while (half < end && ((_line[half].Place >> (PlaceBits - 1 - bits)) & 1) == 0)
            half++;
        Divide(start, half, bits + 1);
        Divide(half, end, bits + 1);
    }

    private double Bytes(int start, int end)
    {
        var frames = 0L;
        for (var index = start; index < end; index++)
            frames += _line[index].Member.Entry.Frames;
        return frames * _bytesPerFrame;
    }

    private Shard Take(int start, int end, int bits)
    {
        var prefix = bits == 0 ? 0 : _line[start].Place >> (PlaceBits - bits);
        var members = _line[start..end].Select(place => place.Member).OrderBy(member => member.Entry.Id, StringComparer.Ordinal);
        return new Shard($"shard-{bits:00}-{prefix:x}", [.. members]);
    }

    private static ulong PlaceOf(UtteranceEntry entry) => ((ulong)Hash(entry.SpeakerKey) << 32) | Hash(entry.Id);

    private static uint Hash(string name)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes(name), hash);
        return BinaryPrimitives.ReadUInt32BigEndian(hash);
    }
}
