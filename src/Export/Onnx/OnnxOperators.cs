namespace Tmrvc.Export;

/// <summary>Operators of ONNX (opset 18), each one node.</summary>
internal static class OnnxOperators
{
    public static OnnxValue Add(this OnnxGraph graph, OnnxValue a, OnnxValue b) => graph.Node("Add", [a, b]);

    public static OnnxValue Subtract(this OnnxGraph graph, OnnxValue a, OnnxValue b) => graph.Node("Sub", [a, b]);

    public static OnnxValue Multiply(this OnnxGraph graph, OnnxValue a, OnnxValue b) => graph.Node("Mul", [a, b]);

    public static OnnxValue Divide(this OnnxGraph graph, OnnxValue a, OnnxValue b) => graph.Node("Div", [a, b]);

    public static OnnxValue MatMul(this OnnxGraph graph, OnnxValue a, OnnxValue b) => graph.Node("MatMul", [a, b]);

    public static OnnxValue Sigmoid(this OnnxGraph graph, OnnxValue x) => graph.Node("Sigmoid", [x]);

    public static OnnxValue Softmax(this OnnxGraph graph, OnnxValue x, int axis) => graph.Node("Softmax", [x], OnnxAttributes.Of("axis", axis));

    public static OnnxValue Concat(this OnnxGraph graph, int axis, params ReadOnlySpan<OnnxValue> parts) =>
        parts.Length == 1 ? parts[0] : graph.Node("Concat", parts, OnnxAttributes.Of("axis", axis));

    public static OnnxValue[] Split(this OnnxGraph graph, OnnxValue x, int axis, params ReadOnlySpan<long> sizes) =>
        graph.Nodes("Split", [x, graph.Constant(sizes)], sizes.Length, OnnxAttributes.Of("axis", axis));

    public static OnnxValue Slice(this OnnxGraph graph, OnnxValue x, int axis, long first, long length) =>
        graph.Node("Slice", [x, graph.Constant([first]), graph.Constant([first + length]), graph.Constant([(long)axis])]);

    /// <summary>The first of every so many, up to a length.</summary>
    public static OnnxValue SliceEach(this OnnxGraph graph, OnnxValue x, int axis, long length, long step) =>
        graph.Node("Slice", [x, graph.Constant([0L]), graph.Constant([length]), graph.Constant([(long)axis]), graph.Constant([step])]);

    public static OnnxValue Reshape(this OnnxGraph graph, OnnxValue x, params ReadOnlySpan<long> shape) =>
        graph.Node("Reshape", [x, graph.Constant(shape)]);

    public static OnnxValue Transpose(this OnnxGraph graph, OnnxValue x, params ReadOnlySpan<long> order) =>
        graph.Node("Transpose", [x], OnnxAttributes.Of("perm", order));

    /// <summary>Keeps the axis, with a size of one.</summary>
    public static OnnxValue Reduce(this OnnxGraph graph, string operation, OnnxValue x, int axis) =>
        graph.Node(operation, [x, graph.Constant([(long)axis])], OnnxAttributes.Of("keepdims", 1));

    /// <summary>At least this.</summary>
    public static OnnxValue ClampBelow(this OnnxGraph graph, OnnxValue x, float least) => graph.Node("Clip", [x, graph.Constant(least)]);

    /// <summary>At most this.</summary>
    public static OnnxValue ClampAbove(this OnnxGraph graph, OnnxValue x, float most) =>
        graph.Node("Clip", [x, OnnxValue.None, graph.Constant(most)]);
}
