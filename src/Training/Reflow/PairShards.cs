namespace Tmrvc.Training;

/// <summary>Divides pairs, in the order of their places, into shards of a size.</summary>
internal static class PairShards
{
    /// <param name="bytes">Of each pair.</param>
    /// <returns>Places of each shard's pairs; a pair that is larger than a shard may be has one of its own.</returns>
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

    public static string NameOf(int shard) => $"pairs-{shard:D5}.safetensors";
}
