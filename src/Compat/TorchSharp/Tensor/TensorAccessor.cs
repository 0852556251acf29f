using System.Collections;

namespace TorchSharp.Utils;

/// <summary>The elements of a CPU tensor by index; those of a view are found through its strides.</summary>
public sealed class TensorAccessor<T> : IDisposable, IEnumerable<T> where T : unmanaged
{
    private readonly torch.Tensor tensor;
    private readonly nint first;
    private readonly long[] shape;
    private readonly long[] strides;
    private readonly bool contiguous;

    internal TensorAccessor(torch.Tensor tensor)
    {
        if (!tensor.is_cpu()) throw new InvalidOperationException($"Tensor data on {tensor.device}: move it to the CPU first.");
        this.tensor = tensor.alias();
        this.tensor.DetachFromDisposeScope();
        first = tensor.RawPointer();
        shape = tensor.shape;
        strides = tensor.stride();
        contiguous = tensor.is_contiguous();
        Count = tensor.numel();
    }

    public long Count { get; }

    public unsafe T this[params long[] indices]
    {
        get => *At(indices);
        set => *At(indices) = value;
    }

    public unsafe T[] ToArray()
    {
        var values = new T[Count];
        if (contiguous) new ReadOnlySpan<T>((void*)first, values.Length).CopyTo(values);
        else for (long i = 0; i < Count; i++) values[i] = *Linear(i);
        GC.KeepAlive(tensor);
        return values;
    }

    public IEnumerator<T> GetEnumerator()
    {
        for (long i = 0; i < Count; i++) yield return Read(i);
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    public void Dispose() => tensor.Dispose();

    private unsafe T Read(long i)
    {
        T value = *Linear(i);
        GC.KeepAlive(tensor);
        return value;
    }

    /// <summary>Element number <paramref name="index"/> in index order.</summary>
    private unsafe T* Linear(long index)
    {
        if ((ulong)index >= (ulong)Count) throw new IndexOutOfRangeException($"Element {index} of a tensor of {Count}.");
        if (contiguous) return (T*)first + index;
        long offset = 0;
        for (int dimension = shape.Length - 1; dimension >= 0; dimension--)
        {
            offset += index % shape[dimension] * strides[dimension];
            index /= shape[dimension];
        }
        return (T*)first + offset;
    }

    private unsafe T* At(long[] indices)
    {
        if (indices.Length == 1) return Linear(indices[0]);
        long offset = 0;
        for (int dimension = 0; dimension < indices.Length; dimension++)
        {
            if ((ulong)indices[dimension] >= (ulong)shape[dimension])
                throw new IndexOutOfRangeException(
                    $"Index {indices[dimension]} of dimension {dimension} in a tensor [{string.Join(", ", shape)}].");
            offset += indices[dimension] * strides[dimension];
        }
        return (T*)first + offset;
    }
}
