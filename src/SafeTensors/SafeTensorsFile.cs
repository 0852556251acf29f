using System.Buffers.Binary;
using System.IO.MemoryMappedFiles;

namespace Tmrvc.SafeTensors;

/// <summary>
/// A memory-mapped safetensors file (little-endian, row-major). Spans point into the mapping: nothing is copied, pages are read
/// when touched. A span must not be used after <see cref="Dispose"/>. Safe for readers on several threads.
/// </summary>
public sealed unsafe class SafeTensorsFile : IDisposable
{
    private readonly MemoryMappedFile _mapping;
    private readonly MemoryMappedViewAccessor _view;
    private readonly Dictionary<string, TensorEntry> _byName;
    private byte* _data;

    private SafeTensorsFile(
        string path, MemoryMappedFile mapping, MemoryMappedViewAccessor view, long dataStart, SafeTensorsHeader header)
    {
        Path = path;
        _mapping = mapping;
        _view = view;
        Tensors = header.Tensors;
        Metadata = header.Metadata;
        _byName = header.Tensors.ToDictionary(tensor => tensor.Name);
        _view.SafeMemoryMappedViewHandle.AcquirePointer(ref _data);
        _data += _view.PointerOffset + dataStart;
    }

    public string Path { get; }

    /// <summary>In the order of their data.</summary>
    public IReadOnlyList<TensorEntry> Tensors { get; }

    public IReadOnlyDictionary<string, string> Metadata { get; }

    /// <exception cref="SafeTensorsException">The file is not well-formed; the message says where.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static SafeTensorsFile Open(string path)
    {
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0);
        try
        {
            var (header, dataStart) = ReadHeader(stream);
            var mapping = MemoryMappedFile.CreateFromFile(path, FileMode.Open, null, 0, MemoryMappedFileAccess.Read);
            var view = mapping.CreateViewAccessor(0, stream.Length, MemoryMappedFileAccess.Read);
            return new SafeTensorsFile(path, mapping, view, dataStart, header);
        }
        catch (SafeTensorsException e)
        {
            throw new SafeTensorsException($"{path}: {e.Message}", e);
        }
    }

    private static (SafeTensorsHeader Header, long DataStart) ReadHeader(FileStream stream)
    {
        if (stream.Length < sizeof(ulong))
            throw new SafeTensorsException($"file: has {stream.Length} bytes, at least 8 are needed");
        Span<byte> prefix = stackalloc byte[sizeof(ulong)];
        stream.ReadExactly(prefix);
        var length = BinaryPrimitives.ReadUInt64LittleEndian(prefix);
        var allowed = Math.Min(stream.Length - sizeof(ulong), SafeTensorsHeader.MaxBytes);
        if (length > (ulong)allowed)
            throw new SafeTensorsException($"header: claims {length} bytes, at most {allowed} are possible");
        var json = new byte[length];
        stream.ReadExactly(json);
        var dataStart = sizeof(ulong) + (long)length;
        return (SafeTensorsHeader.Parse(json, stream.Length - dataStart), dataStart);
    }

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
        return new ReadOnlySpan<T>(Start(entry), checked((int)entry.ElementCount));
    }

    /// <summary>The raw bytes of a tensor of any type.</summary>
    /// <exception cref="OverflowException">It is larger than 2 GiB; see <see cref="Bytes(string, long, int)"/>.</exception>
    public ReadOnlySpan<byte> Bytes(string name)
    {
        var entry = this[name];
        return new ReadOnlySpan<byte>(Start(entry), checked((int)entry.ByteLength));
    }

    /// <summary>A part of a tensor's bytes, for tensors larger than one span.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The part leaves the tensor.</exception>
    public ReadOnlySpan<byte> Bytes(string name, long offset, int count)
    {
        var entry = this[name];
        ArgumentOutOfRangeException.ThrowIfNegative(offset);
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, entry.ByteLength - offset);
        return new ReadOnlySpan<byte>(Start(entry) + offset, count);
    }

    private byte* Start(TensorEntry entry)
    {
        ObjectDisposedException.ThrowIf(_data is null, this);
        return _data + entry.Offset;
    }

    public void Dispose()
    {
        if (_data is null)
            return;
        _data = null;
        _view.SafeMemoryMappedViewHandle.ReleasePointer();
        _view.Dispose();
        _mapping.Dispose();
    }
}
