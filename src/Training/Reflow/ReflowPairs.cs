namespace Tmrvc.Training;

/// <summary>Pairs of noise and what a teacher made of it.</summary>
public sealed class ReflowPairs : RenditionFolder
{
    private ReflowPairs(string folder) : base(folder, ReflowPairsStage.Pairs) { }

    /// <summary>Opens the folder that <see cref="ReflowPairsStage"/> left.</summary>
    /// <exception cref="InvalidDataException">The index is broken.</exception>
    public static ReflowPairs Open(string folder) => new(folder);

    /// <summary>[80, T], N(0, 1).</summary>
    public ReadOnlySpan<float> Noise(int place) => Shard(place).Floats(PairTensors.Noise(place));

    /// <summary>[80, T], clamped and normalised.</summary>
    public ReadOnlySpan<float> Clean(int place) => Shard(place).Floats(PairTensors.Clean(place));
}

/// <summary>How the tensors of a pair are called in its shard, by its place in the index.</summary>
internal static class PairTensors
{
    /// <summary>[80, T], N(0, 1).</summary>
    public static string Noise(int place) => RenditionTensors.Name(place, "noise");

    /// <summary>[80, T], what the teacher made of it, clamped and normalised.</summary>
    public static string Clean(int place) => RenditionTensors.Name(place, "clean");
}
