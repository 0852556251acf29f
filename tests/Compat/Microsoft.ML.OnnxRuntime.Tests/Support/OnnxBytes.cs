using System.Text;

namespace Microsoft.ML.OnnxRuntime.Tests.Support;

/// <summary>The protobuf encoding of the few ONNX messages that a model of one Gemm needs.</summary>
internal static class OnnxBytes
{
    private const int Float = 1;

    /// <summary>y [rows, n] = x [rows, k] · weights [k, n] + bias [n], the number of rows free.</summary>
    internal static byte[] Linear(float[,] weights, float[] bias)
    {
        byte[] node = [.. Text(1, "x"), .. Text(1, "w"), .. Text(1, "b"), .. Text(2, "y"), .. Text(4, "Gemm")];
        byte[] graph =
        [
            .. Message(1, node), .. Text(2, "linear"),
            .. Message(5, Initializer("w", [.. weights.Cast<float>()], weights.GetLength(0), weights.GetLength(1))),
            .. Message(5, Initializer("b", bias, bias.Length)),
            .. Message(11, Matrix("x", weights.GetLength(0))), .. Message(12, Matrix("y", weights.GetLength(1))),
        ];
        byte[] opset = Number(2, 18);
        return [.. Number(1, 8), .. Message(7, graph), .. Message(8, opset)];
    }

    private static byte[] Initializer(string name, float[] values, params int[] shape) =>
        [.. shape.SelectMany(size => Number(1, size)), .. Number(2, Float), .. Text(8, name), .. Message(9, [.. values.SelectMany(BitConverter.GetBytes)])];

    private static byte[] Matrix(string name, int columns)
    {
        byte[] shape = [.. Message(1, Text(2, "rows")), .. Message(1, Number(1, columns))];
        byte[] tensor = [.. Number(1, Float), .. Message(2, shape)];
        return [.. Text(1, name), .. Message(2, Message(1, tensor))];
    }

    private static byte[] Text(int field, string text) => Message(field, Encoding.UTF8.GetBytes(text));

    private static byte[] Message(int field, byte[] content) => [.. Varint((field << 3) | 2), .. Varint(content.Length), .. content];

    private static byte[] Number(int field, int value) => [.. Varint(field << 3), .. Varint(value)];

    private static byte[] Varint(int value) => value < 128 ? [(byte)value] : [(byte)(value | 128), .. Varint(value >> 7)];
}
