using Tmrvc.Corpora;

namespace Tmrvc.Features;

/// <summary>
/// Responses as a folder of shards, one for each room, with an index: what <see cref="ImpulseResponseShards.Open"/> reads. Rooms are
/// held out as <see cref="RoomSplit"/> says.
/// </summary>
internal sealed class ResponseFolder(string folder, string corpus, RoomSplitSettings split)
{
    private readonly SortedDictionary<string, ResponseMember> _members = new(StringComparer.Ordinal);

    /// <param name="name">Unique within the corpus.</param>
    /// <param name="read">Gives the response; called when its shard is written.</param>
    /// <returns>The response's id.</returns>
    internal string Add(string name, ResponseExtent extent, Func<PreparedResponse> read)
    {
        var id = $"{corpus}/{name}";
        _members.Add(id, new ResponseMember(new ResponseEntry
        {
            Id = id,
            Corpus = corpus,
            Room = extent.Room,
            Split = Split.Train,
            SampleRate = extent.SampleRate,
            Direct = extent.Direct,
            BandwidthHz = extent.BandwidthHz,
            Samples = extent.Samples,
        }, read));
        return id;
    }

    /// <param name="make">Leaves a shard in the folder under its path.</param>
    internal IReadOnlyList<ResponseEntry> Write(Action<ResponseShard, string> make)
    {
        Directory.CreateDirectory(folder);
        var splits = RoomSplit.Of(_members.Values.Select(member => member.Entry.RoomKey), split);
        var entries = _members.Values.GroupBy(member => member.Entry.Room)
            .SelectMany(room => Make(new ResponseShard(room.Key, [.. room]), make))
            .Select(entry => entry with { Split = splits[entry.RoomKey] })
            .OrderBy(entry => entry.Id, StringComparer.Ordinal).ToList();
        JsonLines.Write(Path.Combine(folder, ResponseEntry.File), entries);
        return entries;
    }

    private IEnumerable<ResponseEntry> Make(ResponseShard shard, Action<ResponseShard, string> make)
    {
        var name = shard.Name + ResponseShard.Extension;
        make(shard, Path.Combine(folder, name));
        return shard.Members.Select(member => member.Entry with { Shard = name });
    }
}
