using System.Runtime.InteropServices;

namespace Tmrvc.SafeTensors;

/// <summary>
/// Writes tensors as one safetensors file. Equal contents give equal bytes, whatever the order of <see cref="Add"/>: wider
/// element types come first (so that each tensor is aligned to its element), then names in ordinal order; the data starts at a
/// multiple of 64 bytes. Values are asked for only while writing, one tensor at a time.
/// </summary>
public sealed class SafeTensorsWriter(IReadOnlyDictionary<string, string>? metadata = null)
{
    private readonly Dictionary<string, PendingTensor> _tensors = [];

    /// <param name="write">Writes the elements, little-endian and row-major; called once, when the file is written.</param>
    /// <exception cref="ArgumentException">The name is taken or reserved, or a dimension is negative.</exception>
    public SafeTensorsWriter Add(string name, TensorType type, IReadOnlyList<long> shape, Action<Stream> write)
    {
        if (name == SafeTensorsHeader.MetadataKey)
            throw new ArgumentException($"Tensor name '{name}' is reserved by the format.", nameof(name));
        if (shape.Any(dimension => dimension < 0))
            throw new ArgumentException(
                $"Tensor '{name}': shape [{string.Join(", ", shape)}] has a negative dimension.", nameof(shape));
        if (!_tensors.TryAdd(name, new PendingTensor(name, type, [.. shape], write)))
            throw new ArgumentException($"Tensor name '{name}' is given twice.", nameof(name));
        return this;
    }

    /// <inheritdoc cref="Add(string, TensorType, IReadOnlyList{long}, Action{Stream})"/>
    public SafeTensorsWriter Add<T>(
        string name, ReadOnlyMemory<T> values, params IReadOnlyList<long> shape) where T : unmanaged =>
        Add(name, TensorTypes.Of<T>(), shape, stream => stream.Write(MemoryMarshal.AsBytes(values.Span)));

    /// <inheritdoc cref="Add(string, TensorType, IReadOnlyList{long}, Action{Stream})"/>
    public SafeTensorsWriter Add<T>(string name, T[] values, params IReadOnlyList<long> shape) where T : unmanaged =>
        Add(name, (ReadOnlyMemory<T>)values, shape);

    /// <summary>
    /// Writes beside <paramref name="path"/>, flushes to the disk and renames: the file is there whole or not at all.
    /// </summary>
    /// <exception cref="InvalidOperationException">A tensor gave more or fewer bytes than its shape takes.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public void Save(string path)
    {
        var partial = path + ".partial";
        try
        {
            using (var stream = new FileStream(partial, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 1 << 16))
            {
                WriteTo(stream);
                stream.Flush(flushToDisk: true);
            }
            File.Move(partial, path, overwrite: true);
        }
        finally
        {
            File.Delete(partial);
        }
    }

    /// <exception cref="InvalidOperationException">A tensor gave more or fewer bytes than its shape takes.</exception>
    public void WriteTo(Stream stream)
    {
        var ordered = _tensors.Values.OrderByDescending(tensor => tensor.Type.ElementSize())
            .ThenBy(tensor => tensor.Name, StringComparer.Ordinal).ToList();
        stream.Write(SafeTensorsHeaderBytes.Build(ordered, metadata ?? new Dictionary<string, string>()));
        foreach (var tensor in ordered)
            tensor.WriteTo(stream);
    }
}
