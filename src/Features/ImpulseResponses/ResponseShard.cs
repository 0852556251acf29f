using System.Security.Cryptography;
using System.Text;
using Tmrvc.SafeTensors;

namespace Tmrvc.Features;

/// <param name="Entry">The shard and the split are filled in when all rooms are known.</param>
/// <param name="Read">Gives the response; called when its shard is written.</param>
internal sealed record ResponseMember(ResponseEntry Entry, Func<PreparedResponse> Read);

/// <summary>The responses of one room: what is written anew when one of them changes.</summary>
/// <param name="Members">By id (ordinal).</param>
internal sealed record ResponseShard(string Room, IReadOnlyList<ResponseMember> Members)
{
    internal const string Extension = ".safetensors";

    /// <summary>Rooms are named by strangers: only plain characters become part of a file name.</summary>
    internal string Name { get; } =
        $"{string.Concat(Room.Where(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_').Take(48))}-"
        + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Room)))[..8];

    internal void Save(string path)
    {
        var writer = new SafeTensorsWriter();
        foreach (var (entry, read) in Members)
            read().AddTo(writer, entry.Id);
        writer.Save(path);
    }
}
