using System.Runtime.InteropServices;

namespace Tmrvc.Support;

/// <summary>A small ONNX network (opset 18), node by node. Numbers of fields are those of onnx.proto3.</summary>
public sealed class OnnxModel
{
    /// <summary>TensorProto.DataType.</summary>
    public const int Float = 1;

    /// <summary>TensorProto.DataType.</summary>
    public const int Int64 = 7;

    private readonly ProtobufMessage _graph = new ProtobufMessage().Text(2, "graph");

    /// <param name="axes">A number, or a name for a size that is left open.</param>
    public OnnxModel Input(string name, int type, params string[] axes) => Add(11, Value(name, type, axes));

    /// <param name="axes">A number, or a name for a size that is left open.</param>
    public OnnxModel Output(string name, int type, params string[] axes) => Add(12, Value(name, type, axes));

    public OnnxModel Constant(string name, float[] values, params long[] sizes) =>
        Constant(name, Float, MemoryMarshal.AsBytes(values.AsSpan()), sizes);

    public OnnxModel Constant(string name, long[] values, params long[] sizes) =>
        Constant(name, Int64, MemoryMarshal.AsBytes(values.AsSpan()), sizes);

    /// <param name="attributes">Lists of integers by name; one of a single number is that number.</param>
    public OnnxModel Node(string operation, string[] inputs, string output, params (string Name, long[] Values)[] attributes)
    {
        var node = new ProtobufMessage();
        foreach (var input in inputs)
            node.Text(1, input);
        node.Text(2, output).Text(4, operation);
        foreach (var (name, values) in attributes)
            node.Message(5, Attribute(name, values));
        return Add(1, node);
    }

    public byte[] ToArray() => new ProtobufMessage()
        .Number(1, 8).Message(7, _graph).Message(8, new ProtobufMessage().Text(1, "").Number(2, 18)).ToArray();

    private OnnxModel Add(int field, ProtobufMessage part)
    {
        _graph.Message(field, part);
        return this;
    }

    private OnnxModel Constant(string name, int type, ReadOnlySpan<byte> values, long[] sizes)
    {
        var tensor = new ProtobufMessage();
        foreach (var size in sizes)
            tensor.Number(1, size);
        return Add(5, tensor.Number(2, type).Text(8, name).Bytes(9, values));
    }

    private static ProtobufMessage Attribute(string name, long[] values)
    {
        const int integer = 2, integers = 7;
        var attribute = new ProtobufMessage().Text(1, name);
        if (values.Length == 1 && name is "to" or "group" or "keepdims")
            return attribute.Number(3, values[0]).Number(20, integer);
        foreach (var value in values)
            attribute.Number(8, value);
        return attribute.Number(20, integers);
    }

    private static ProtobufMessage Value(string name, int type, string[] axes)
    {
        var shape = new ProtobufMessage();
        foreach (var axis in axes)
            shape.Message(1, long.TryParse(axis, out var size) ? new ProtobufMessage().Number(1, size) : new ProtobufMessage().Text(2, axis));
        var tensor = new ProtobufMessage().Number(1, type).Message(2, shape);
        return new ProtobufMessage().Text(1, name).Message(2, new ProtobufMessage().Message(1, tensor));
    }
}
