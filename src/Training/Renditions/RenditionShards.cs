namespace Tmrvc.Training;

/// <summary>Divides renditions, in the order of their places, into shards of a size.</summary>
internal static class RenditionShards
{
    /// <param name="bytes">Of each rendition.</param>
    /// <returns>Places of each shard's renditions; one that is larger than a shard may be has one of its own.</returns>
    public static IReadOnlyList<IReadOnlyList<int>> Divide(IReadOnlyList<long> bytes, long most)
    {
        var shards = new List<List<int>>();
        var filled = most;
        for (var place = 0; place < bytes.Count; place++)
        {
            if (filled + bytes[place] > most)
            {
                shards.Add([]);
                filled = 0;
            }
            shards[^1].Add(place);
            filled += bytes[place];
        }
        return shards;
    }

    /// <param name="kind">Of what is kept: pairs-00000.safetensors.</param>
    public static string NameOf(string kind, int shard) => $"{kind}-{shard:D5}.safetensors";

    public static string IndexOf(string kind) => $"{kind}.jsonl";
}
