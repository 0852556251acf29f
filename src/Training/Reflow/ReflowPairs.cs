using Tmrvc.Corpora;
using Tmrvc.SafeTensors;

namespace Tmrvc.Training;

/// <summary>
/// Pairs of noise and what a teacher made of it, memory-mapped: spans point into the files and live until <see cref="Dispose"/>. Safe for
/// readers on several threads.
/// </summary>
public sealed class ReflowPairs : IDisposable
{
    private readonly Dictionary<string, Lazy<SafeTensorsFile>> _shards;

    private ReflowPairs(string folder)
    {
        Entries = JsonLines.Read<PairEntry>(Path.Combine(folder, PairEntry.File));
        _shards = Entries.Select(entry => entry.Shard).Distinct().ToDictionary(
            shard => shard, shard => new Lazy<SafeTensorsFile>(() => SafeTensorsFile.Open(Path.Combine(folder, shard))));
    }

    /// <summary>A pair is addressed by its place here.</summary>
    public IReadOnlyList<PairEntry> Entries { get; }

    /// <summary>Opens the folder that <see cref="ReflowPairsStage"/> left.</summary>
    /// <exception cref="InvalidDataException">The index is broken.</exception>
    public static ReflowPairs Open(string folder) => new(folder);

    public IEnumerable<int> Of(Split split) => Enumerable.Range(0, Entries.Count).Where(place => Entries[place].Split == split);

    /// <summary>[80, T], N(0, 1).</summary>
    public ReadOnlySpan<float> Noise(int place) => Shard(place).Floats(PairTensors.Noise(place));

    /// <summary>[80, T], clamped and normalised.</summary>
    public ReadOnlySpan<float> Clean(int place) => Shard(place).Floats(PairTensors.Clean(place));

    /// <summary>[T] Hz, 0 where unvoiced.</summary>
    public ReadOnlySpan<float> F0(int place) => Shard(place).Floats(PairTensors.F0(place));

    /// <summary>[192], unit length.</summary>
    public ReadOnlySpan<float> Speaker(int place) => Shard(place).Floats(PairTensors.Speaker(place));

    public void Dispose()
    {
        foreach (var shard in _shards.Values.Where(shard => shard.IsValueCreated)) shard.Value.Dispose();
    }

    private SafeTensorsFile Shard(int place) => _shards[Entries[place].Shard].Value;
}
