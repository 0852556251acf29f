using Tmrvc.Training;

namespace Tmrvc.Export;

/// <summary>Raw log-mel as the networks see it: clamped from below, then (x − mean) / deviation of each band.</summary>
internal static class MelInput
{
    /// <summary>[1, 80, T] → [1, 80, T]</summary>
    public static OnnxValue Normalised(OnnxGraph graph, OnnxValue mel, MelStatistics statistics)
    {
        var bands = statistics.Mean.Length;
        var centred = graph.Subtract(graph.ClampBelow(mel, statistics.Clamp), graph.Constant("mel_mean", statistics.Mean, 1, bands, 1));
        float[] scale = [.. statistics.Deviation.Select(deviation => 1 / deviation)];
        return graph.Multiply(centred, graph.Constant("mel_scale", scale, 1, bands, 1));
    }
}
