using System.Runtime.InteropServices;
using Onnx;

namespace Tmrvc.Export;

/// <summary>
/// Matrix products with constant weights in int8 (<see cref="QuantisedMatrix"/>): each input is quantised to uint8 as it comes (DynamicQuantizeLinear), multiplied as integers
/// (MatMulInteger) and scaled back. States, depthwise convolutions and all else stay float32.
/// </summary>
public static class DynamicQuantisation
{
    /// <summary>A copy of the network with int8 weights.</summary>
    public static ModelProto Of(ModelProto network)
    {
        var quantised = network.Clone();
        var graph = quantised.Graph;
        var constants = graph.Initializer.ToDictionary(tensor => tensor.Name, StringComparer.Ordinal);
        var rewriting = new Rewriting(constants);
        foreach (var node in network.Graph.Node) rewriting.Add(node);
        graph.Node.Clear();
        graph.Node.AddRange(rewriting.Nodes);
        var used = rewriting.Nodes.SelectMany(node => node.Input).ToHashSet(StringComparer.Ordinal);
        graph.Initializer.Clear();
        graph.Initializer.AddRange(constants.Values.Concat(rewriting.Constants).Where(tensor => used.Contains(tensor.Name)));
        return quantised;
    }

    private sealed class Rewriting(Dictionary<string, TensorProto> constants)
    {
        private readonly HashSet<string> _quantised = new(StringComparer.Ordinal);
        private readonly HashSet<string> _weights = new(StringComparer.Ordinal);

        public List<NodeProto> Nodes { get; } = [];

        public List<TensorProto> Constants { get; } = [];

        public void Add(NodeProto node)
        {
            if (node.OpType == "MatMul" && constants.TryGetValue(node.Input[1], out var weight) && weight.Dims.Count == 2)
                Multiply(node.Input[0], weight, node.Output[0]);
            else
                Nodes.Add(node);
        }

        private void Multiply(string input, TensorProto weight, string output)
        {
            var (values, scales) = Quantised(weight);
            if (_quantised.Add(input)) Node("DynamicQuantizeLinear", [input], [input + "_q", input + "_scale", input + "_zero"]);
            Node("MatMulInteger", [input + "_q", values, input + "_zero"], [output + "_integer"]);
            Node("Cast", [output + "_integer"], [output + "_float"], OnnxAttributes.Of("to", (long)TensorProto.Types.DataType.Float));
            Node("Mul", [input + "_scale", scales], [output + "_product_scale"]);
            Node("Mul", [output + "_float", output + "_product_scale"], [output]);
        }

        private (string Values, string Scales) Quantised(TensorProto weight)
        {
            var (values, scales) = (weight.Name + "_q", weight.Name + "_scale");
            if (!_weights.Add(weight.Name)) return (values, scales);
            var matrix = QuantisedMatrix.Of(OnnxTensors.Floats(weight), (int)weight.Dims[1]);
            Constants.Add(OnnxTensors.Of(values, TensorProto.Types.DataType.Int8, MemoryMarshal.AsBytes(matrix.Values.AsSpan()), [.. weight.Dims]));
            Constants.Add(OnnxTensors.Of(scales, matrix.Scales, [matrix.Scales.Length]));
            return (values, scales);
        }

        private void Node(string operation, string[] inputs, string[] outputs, params ReadOnlySpan<AttributeProto> attributes)
        {
            var node = new NodeProto { OpType = operation, Name = "node_" + outputs[0], Input = { inputs }, Output = { outputs } };
            foreach (var attribute in attributes) node.Attribute.Add(attribute);
            Nodes.Add(node);
        }
    }
}
