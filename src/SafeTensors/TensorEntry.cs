namespace Tmrvc.SafeTensors;

/// <summary>One tensor of a file, row-major: the last dimension is contiguous.</summary>
/// <param name="Shape">Dimensions, each ≥ 0; empty for a scalar.</param>
/// <param name="Offset">First byte, counted from the start of the data.</param>
/// <param name="ByteLength">Bytes; always the product of the shape times the element size.</param>
public sealed record TensorEntry(string Name, TensorType Type, IReadOnlyList<long> Shape, long Offset, long ByteLength)
{
    public long ElementCount => ByteLength / Type.ElementSize();

    internal long End => Offset + ByteLength;

    /// <exception cref="OverflowException">The shape needs more bytes than a long counts.</exception>
    internal static long BytesOf(TensorType type, IEnumerable<long> shape) =>
        shape.Aggregate((long)type.ElementSize(), (bytes, dimension) => checked(bytes * dimension));
}
