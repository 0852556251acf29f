using Tmrvc.Corpora;
using Tmrvc.SafeTensors;

namespace Tmrvc.Training;

/// <summary>
/// Renditions of a teacher, memory-mapped: spans point into the files and live until <see cref="Dispose"/>. Safe for readers on several threads.
/// </summary>
public abstract class RenditionFolder : IDisposable
{
    private readonly Dictionary<string, Lazy<SafeTensorsFile>> _shards;

    /// <exception cref="InvalidDataException">The index is broken.</exception>
    private protected RenditionFolder(string folder, string kind)
    {
        Entries = JsonLines.Read<RenditionEntry>(Path.Combine(folder, RenditionShards.IndexOf(kind)));
        _shards = Entries.Select(entry => entry.Shard).Distinct().ToDictionary(
            shard => shard, shard => new Lazy<SafeTensorsFile>(() => SafeTensorsFile.Open(Path.Combine(folder, shard))));
    }

    /// <summary>A rendition is addressed by its place here.</summary>
    public IReadOnlyList<RenditionEntry> Entries { get; }

    public IEnumerable<int> Of(Split split) => Enumerable.Range(0, Entries.Count).Where(place => Entries[place].Split == split);

    /// <summary>[T] Hz, 0 where unvoiced.</summary>
    public ReadOnlySpan<float> F0(int place) => Shard(place).Floats(RenditionTensors.F0(place));

    /// <summary>[192], unit length.</summary>
    public ReadOnlySpan<float> Speaker(int place) => Shard(place).Floats(RenditionTensors.Speaker(place));

    public void Dispose()
    {
        foreach (var shard in _shards.Values.Where(shard => shard.IsValueCreated)) shard.Value.Dispose();
    }

    private protected SafeTensorsFile Shard(int place) => _shards[Entries[place].Shard].Value;
}
