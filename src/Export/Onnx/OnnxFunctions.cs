namespace Tmrvc.Export;

/// <summary>Functions that ONNX has no operator for in opset 18, composed.</summary>
internal static class OnnxFunctions
{
    /// <summary>x · σ(x)</summary>
    public static OnnxValue Silu(this OnnxGraph graph, OnnxValue x) => graph.Multiply(x, graph.Sigmoid(x));

    /// <summary>
    /// The angle of (x, y) in (−π, π], 0 at the origin: atan(y / x), and half a turn more where x is negative, in the direction of y. On the
    /// axis x = 0 the quotient is infinite and its arc tangent a right angle, for adding 0 takes the sign from a zero.
    /// </summary>
    public static OnnxValue Atan2(this OnnxGraph graph, OnnxValue y, OnnxValue x)
    {
        var zero = graph.Constant(0f);
        var origin = graph.Node("And", [graph.Node("Equal", [x, zero]), graph.Node("Equal", [y, zero])]);
        var angle = graph.Node("Atan", [graph.Divide(y, graph.Node("Where", [origin, graph.Constant(1f), graph.Add(x, zero)]))]);
        var halfTurn = graph.Node("Where", [graph.Node("Less", [y, zero]), graph.Constant(-MathF.PI), graph.Constant(MathF.PI)]);
        return graph.Add(angle, graph.Node("Where", [graph.Node("Less", [x, zero]), halfTurn, zero]));
    }
}
