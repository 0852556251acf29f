using System.Runtime.InteropServices;
using Google.Protobuf;
using Onnx;

namespace Tmrvc.Export;

/// <summary>Constants of a network, as little-endian bytes.</summary>
public static class OnnxTensors
{
    public static TensorProto Of(string name, ReadOnlySpan<float> values, ReadOnlySpan<long> shape) =>
        Of(name, TensorProto.Types.DataType.Float, MemoryMarshal.AsBytes(values), shape);

    /// <summary>A list of whole numbers, such as a shape.</summary>
    public static TensorProto Of(string name, ReadOnlySpan<long> values) =>
        Of(name, TensorProto.Types.DataType.Int64, MemoryMarshal.AsBytes(values), [values.Length]);

    public static TensorProto Of(string name, TensorProto.Types.DataType type, ReadOnlySpan<byte> bytes, ReadOnlySpan<long> shape)
    {
        var tensor = new TensorProto { Name = name, DataType = (int)type, RawData = ByteString.CopyFrom(bytes) };
        foreach (var size in shape) tensor.Dims.Add(size);
        return tensor;
    }

    /// <exception cref="InvalidDataException">The tensor is not of float32 bytes.</exception>
    public static float[] Floats(TensorProto tensor) => tensor.DataType == (int)TensorProto.Types.DataType.Float && tensor.HasRawData
        ? MemoryMarshal.Cast<byte, float>(tensor.RawData.Span).ToArray()
        : throw new InvalidDataException($"Constant '{tensor.Name}': float32 bytes are needed.");
}
