using System.Security.Cryptography;
using System.Text;
using Tmrvc.Corpora;
using Tmrvc.SafeTensors;

namespace Tmrvc.Features;

/// <summary>
/// Writes responses and an index, a shard for each room: a changed, added or removed response rewrites one shard. Rooms are held
/// out as <see cref="RoomSplit"/> says.
/// </summary>
internal sealed class ResponseShardsWriter(string folder, string corpus, RoomSplitSettings split)
{
    private readonly SortedDictionary<string, (ResponseEntry Entry, Func<PreparedResponse> Read)> _responses = new(StringComparer.Ordinal);

    /// <param name="name">Unique within the corpus.</param>
    /// <param name="read">Gives the response; called again when the shard is written.</param>
    internal void Add(string name, Func<PreparedResponse> read)
    {
        var prepared = read();
        var id = $"{corpus}/{name}";
        _responses.Add(id, (new ResponseEntry
        {
            Id = id,
            Corpus = corpus,
            Room = prepared.Room,
            Split = Split.Train,
            SampleRate = prepared.Response.SampleRate,
            Direct = prepared.Response.Direct,
            BandwidthHz = prepared.Response.Bandwidth,
            Samples = prepared.Response.Samples.Length,
        }, read));
    }

    internal IReadOnlyList<ResponseEntry> Write()
    {
        Directory.CreateDirectory(folder);
        var splits = RoomSplit.Of(_responses.Values.Select(response => response.Entry.RoomKey), split);
        var entries = _responses.Values.GroupBy(response => response.Entry.Room)
            .SelectMany(room => WriteShard(room.Key, [.. room], splits[room.First().Entry.RoomKey]))
            .OrderBy(entry => entry.Id, StringComparer.Ordinal).ToList();
        JsonLines.Write(Path.Combine(folder, ResponseEntry.File), entries);
        return entries;
    }

    private List<ResponseEntry> WriteShard(string room, List<(ResponseEntry Entry, Func<PreparedResponse> Read)> responses, Split roomSplit)
    {
        var writer = new SafeTensorsWriter();
        var name = ShardName(room);
        foreach (var (entry, read) in responses)
            read().AddTo(writer, entry.Id);
        writer.Save(Path.Combine(folder, name));
        return [.. responses.Select(response => response.Entry with { Split = roomSplit, Shard = name })];
    }

    /// <summary>Rooms are named by strangers: only plain characters become part of a file name.</summary>
    private static string ShardName(string room)
    {
        var plain = string.Concat(room.Where(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_').Take(48));
        return $"{plain}-{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(room)))[..8]}.safetensors";
    }
}
