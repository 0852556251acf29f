using Tmrvc.Models;

namespace Tmrvc.Export;

/// <summary>The pitch of the content's first frame as a <see cref="HarmonicComb"/> in a graph.</summary>
internal static class CombGraph
{
    /// <returns>[1, 513]</returns>
    public static OnnxValue Of(NetworkGraph network, StudentArchitecture shape, HarmonicComb comb)
    {
        var graph = network.Graph;
        var first = graph.Slice(network.Input("content"), 2, 0, 1);
        var logF0 = graph.Reshape(graph.Slice(first, 1, shape.Content - 1, 1), 1, 1);
        var least = graph.Constant(HarmonicComb.LeastLogF0);
        var voiced = graph.Node("Where", [graph.Node("Greater", [logF0, least]), graph.Constant(1f), graph.Constant(0f)]);
        var hertz = graph.Subtract(graph.Node("Exp", [graph.ClampBelow(logF0, HarmonicComb.LeastLogF0)]), graph.Constant(1f));
        var angle = graph.Multiply(graph.Divide(Row("comb_hertz", comb.Hertz), hertz), graph.Constant(2 * MathF.PI));
        var ripple = graph.Multiply(graph.Node("Cos", [angle]), Row("comb_depth", comb.Depths));
        return graph.Multiply(graph.Subtract(ripple, Row("comb_level", comb.Levels)), voiced);

        OnnxValue Row(string name, float[] values) => graph.Constant(name, values, 1, values.Length);
    }
}
