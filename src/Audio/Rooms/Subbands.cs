using Tmrvc.Configuration;

namespace Tmrvc.Audio;

/// <summary>The bands in which impulse responses are described: ir_subband_edges_hz of configs/constants.yaml.</summary>
/// <param name="Edges">Hertz, ascending; band b lies between edges b and b + 1.</param>
public sealed record Subbands(IReadOnlyList<double> Edges)
{
    public static Subbands From(Constants constants) => new(constants.IrSubbandEdgesHz);

    /// <summary>8.</summary>
    public int Count => Edges.Count - 1;

    /// <summary>Hertz.</summary>
    public double Width(int band) => Edges[band + 1] - Edges[band];

    /// <summary>Whether a signal that holds nothing, or nothing that was measured, above <paramref name="hertz"/> holds the band as a whole.</summary>
    public bool IsWithin(int band, double hertz) => Edges[band + 1] <= hertz;
}
