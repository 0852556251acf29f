using System.Buffers.Binary;
using System.IO.MemoryMappedFiles;

namespace Tmrvc.SafeTensors;

/// <summary>
/// The memory-mapped data of a safetensors file by position, for readers of many files that keep no headers. Spans point into the
/// mapping and must not be used after <see cref="Dispose"/>; no file stays open. Safe for readers on several threads.
/// </summary>
public sealed unsafe class TensorData : IDisposable
{
    private readonly MemoryMappedViewAccessor _view;
    private readonly long _length;
    private byte* _data;

    private TensorData(string path, long dataStart, long length)
    {
        Path = path;
        _length = length;
        using var mapping = MemoryMappedFile.CreateFromFile(path, FileMode.Open, null, 0, MemoryMappedFileAccess.Read);
        _view = mapping.CreateViewAccessor(0, dataStart + length, MemoryMappedFileAccess.Read);
        _view.SafeMemoryMappedViewHandle.AcquirePointer(ref _data);
        _data += _view.PointerOffset + dataStart;
    }

    public string Path { get; }

    /// <param name="tensors">What the file holds, in the order of the data.</param>
    /// <exception cref="SafeTensorsException">The file is not well-formed; the message says where.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static TensorData Open(string path, out IReadOnlyList<TensorEntry> tensors)
    {
        var data = Open(path, out SafeTensorsHeader header);
        tensors = header.Tensors;
        return data;
    }

    /// <param name="offset">First byte, counted from the start of the data.</param>
    /// <param name="count">Values.</param>
    /// <exception cref="ArgumentOutOfRangeException">They leave the data.</exception>
    public ReadOnlySpan<T> Values<T>(long offset, int count) where T : unmanaged =>
        new(At(offset, (long)count * sizeof(T)), count);

    internal static TensorData Open(string path, out SafeTensorsHeader header)
    {
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0);
        try
        {
            (header, var dataStart) = ReadHeader(stream);
            return new TensorData(path, dataStart, stream.Length - dataStart);
        }
        catch (SafeTensorsException e)
        {
            throw new SafeTensorsException($"{path}: {e.Message}", e);
        }
    }

    private static (SafeTensorsHeader Header, long DataStart) ReadHeader(FileStream stream)
    {
        if (stream.Length < sizeof(ulong))
            throw new SafeTensorsException($"file: has {stream.Length} bytes, at least 8 are needed; it is no safetensors file");
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

    private byte* At(long offset, long bytes)
    {
        ObjectDisposedException.ThrowIf(_data is null, this);
        ArgumentOutOfRangeException.ThrowIfNegative(offset);
        ArgumentOutOfRangeException.ThrowIfNegative(bytes);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(offset, _length - bytes);
        return _data + offset;
    }

    public void Dispose()
    {
        if (_data is null)
            return;
        _data = null;
        _view.SafeMemoryMappedViewHandle.ReleasePointer();
        _view.Dispose();
    }
}
