namespace Tmrvc.SafeTensors;

/// <summary>
/// A memory-mapped safetensors file (little-endian, row-major). Spans point into the mapping: nothing is copied, pages are read
/// when touched. A span must not be used after <see cref="Dispose"/>. Safe for readers on several threads.
/// </summary>
public sealed class SafeTensorsFile : IDisposable
{
    private readonly TensorData _data;
    private readonly Dictionary<string, TensorEntry> _byName;

    private SafeTensorsFile(TensorData data, SafeTensorsHeader header)
    {
        _data = data;
        Tensors = header.Tensors;
        Metadata = header.Metadata;
        _byName = header.Tensors.ToDictionary(tensor => tensor.Name);
    }

    public string Path => _data.Path;

    /// <summary>In the order of their data.</summary>
    public IReadOnlyList<TensorEntry> Tensors { get; }

    public IReadOnlyDictionary<string, string> Metadata { get; }

    /// <exception cref="SafeTensorsException">The file is not well-formed; the message says where.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static SafeTensorsFile Open(string path) => new(TensorData.Open(path, out SafeTensorsHeader header), header);

    public bool Contains(string name) => _byName.ContainsKey(name);

    /// <exception cref="KeyNotFoundException">The file has no such tensor.</exception>
    public TensorEntry this[string name] => _byName.TryGetValue(name, out var entry)
        ? entry
        : throw new KeyNotFoundException($"{Path}: has no tensor '{name}' among its {Tensors.Count}");

    /// <summary>The values of an F32 tensor, row-major.</summary>
    /// <inheritdoc cref="Values{T}(string)"/>
    public ReadOnlySpan<float> Floats(string name) => Values<float>(name);

    /// <summary>The values of a tensor whose element type is that of <typeparamref name="T"/>, row-major.</summary>
    /// <exception cref="KeyNotFoundException">The file has no such tensor.</exception>
    /// <exception cref="SafeTensorsException">The tensor holds another element type.</exception>
    /// <exception cref="OverflowException">It has more elements than a span can hold; see <see cref="Bytes(string, long,
    /// int)"/>.</exception>
    public ReadOnlySpan<T> Values<T>(string name) where T : unmanaged
    {
        var entry = this[name];
        if (entry.Type != TensorTypes.Of<T>())
            throw new SafeTensorsException($"{Path}: tensor '{name}' holds {entry.Type}, {TensorTypes.Of<T>()} was asked for");
        return _data.Values<T>(entry.Offset, checked((int)entry.ElementCount));
    }

    /// <summary>The raw bytes of a tensor of any type.</summary>
    /// <exception cref="OverflowException">It is larger than 2 GiB; see <see cref="Bytes(string, long, int)"/>.</exception>
    public ReadOnlySpan<byte> Bytes(string name)
    {
        var entry = this[name];
        return _data.Values<byte>(entry.Offset, checked((int)entry.ByteLength));
    }

    /// <summary>A part of a tensor's bytes, for tensors larger than one span.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The part leaves the tensor.</exception>
    public ReadOnlySpan<byte> Bytes(string name, long offset, int count)
    {
        var entry = this[name];
        ArgumentOutOfRangeException.ThrowIfNegative(offset);
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, entry.ByteLength - offset);
        return _data.Values<byte>(entry.Offset + offset, count);
    }

    public void Dispose() => _data.Dispose();
}
