using System.Globalization;
using Google.Protobuf;
using Onnx;
using Tmrvc.Contract;

namespace Tmrvc.Export;

/// <summary>
/// An ONNX network (opset 18, IR version 8) as it is built, node by node in the order of computing. Values are named by their operator and
/// a number, so equal networks have equal bytes. Knows the format and no operator.
/// </summary>
public sealed class OnnxGraph(string name)
{
    public const int Opset = 18;
    private const int IrVersion = 8;

    private readonly GraphProto _graph = new() { Name = name };
    private readonly Dictionary<string, int> _counts = new(StringComparer.Ordinal);

    /// <param name="tensor">Its open axes are named.</param>
    public OnnxValue Input(ContractTensor tensor)
    {
        _graph.Input.Add(Described(tensor));
        return new OnnxValue(tensor.Name);
    }

    /// <summary>Makes a value one of the network's outputs.</summary>
    public void Output(ContractTensor tensor, OnnxValue value)
    {
        Add("Identity", [value], [new OnnxValue(tensor.Name)]);
        _graph.Output.Add(Described(tensor));
    }

    /// <param name="values">Row-major.</param>
    public OnnxValue Constant(string name, ReadOnlySpan<float> values, params ReadOnlySpan<long> shape) =>
        Constant(OnnxTensors.Of(name, values, shape));

    public OnnxValue Constant(ReadOnlySpan<long> values) => Constant(OnnxTensors.Of(Unused("shape"), values));

    /// <summary>A single number.</summary>
    public OnnxValue Constant(float value) => Constant(OnnxTensors.Of(Unused("number"), [value], []));

    public OnnxValue Constant(TensorProto tensor)
    {
        _graph.Initializer.Add(tensor);
        return new OnnxValue(tensor.Name);
    }

    public OnnxValue Node(string operation, ReadOnlySpan<OnnxValue> inputs, params ReadOnlySpan<AttributeProto> attributes) =>
        Nodes(operation, inputs, 1, attributes)[0];

    /// <summary>A node that gives several values.</summary>
    public OnnxValue[] Nodes(string operation, ReadOnlySpan<OnnxValue> inputs, int outputs, params ReadOnlySpan<AttributeProto> attributes)
    {
        var given = new OnnxValue[outputs];
        for (var n = 0; n < outputs; n++) given[n] = new OnnxValue(Unused(operation));
        Add(operation, inputs, given, attributes);
        return given;
    }

    public ModelProto ToModel() => new()
    {
        IrVersion = IrVersion,
        ProducerName = "tmrvc",
        Graph = _graph,
        OpsetImport = { new OperatorSetIdProto { Domain = "", Version = Opset } },
    };

    private void Add(string operation, ReadOnlySpan<OnnxValue> inputs, ReadOnlySpan<OnnxValue> outputs, params ReadOnlySpan<AttributeProto> attributes)
    {
        var node = new NodeProto { OpType = operation, Name = "node_" + outputs[0].Name };
        foreach (var input in inputs) node.Input.Add(input.Name);
        foreach (var output in outputs) node.Output.Add(output.Name);
        foreach (var attribute in attributes) node.Attribute.Add(attribute);
        _graph.Node.Add(node);
    }

    private string Unused(string kind)
    {
        var count = _counts.GetValueOrDefault(kind);
        _counts[kind] = count + 1;
        return string.Create(CultureInfo.InvariantCulture, $"{kind}_{count}");
    }

    private static ValueInfoProto Described(ContractTensor tensor)
    {
        var shape = new TensorShapeProto();
        foreach (var axis in tensor.Shape)
            shape.Dim.Add(axis.Size is { } size ? new TensorShapeProto.Types.Dimension { DimValue = size } : new() { DimParam = "frames" });
        var type = new TypeProto.Types.Tensor { ElemType = (int)TensorProto.Types.DataType.Float, Shape = shape };
        return new ValueInfoProto { Name = tensor.Name, Type = new TypeProto { TensorType = type } };
    }
}
