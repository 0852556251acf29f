using System.Buffers;
using Microsoft.Win32.SafeHandles;
using Tmrvc.ArtifactStore;

namespace Tmrvc.Corpora;

/// <summary>
/// A file that is written once, from its first byte on, without a buffer of its own. Of one that is there already, bytes that are as
/// they should be are left alone: reading them is cheaper.
/// </summary>
internal sealed class NewFile : Stream
{
    private readonly SafeFileHandle _handle;
    private readonly string _path;
    private readonly Action _unchanged;
    private long _position;
    private bool _differs;

    private NewFile(SafeFileHandle handle, string path, bool differs, Action unchanged) =>
        (_handle, _path, _differs, _unchanged) = (handle, path, differs, unchanged);

    /// <param name="path">Absolute; its folder is there. What an interrupted run left is written over.</param>
    /// <exception cref="StorageException">The device fails.</exception>
    internal static NewFile Create(string path, long length) => Guarded(path, () => new NewFile(
        File.OpenHandle(path, FileMode.Create, FileAccess.Write, FileShare.None, preallocationSize: length > 1 << 20 ? length : 0), path, true, () => { }));

    /// <param name="path">Absolute; a file of the length that it shall have.</param>
    /// <param name="unchanged">Called at the end when nothing had to be written.</param>
    /// <exception cref="StorageException">The device fails.</exception>
    internal static NewFile Over(string path, Action unchanged) => Guarded(path, () => new NewFile(
        File.OpenHandle(path, FileMode.Open, FileAccess.ReadWrite, FileShare.None), path, false, unchanged));

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => _position;

    public override long Position { get => _position; set => throw new NotSupportedException(); }

    public override void Write(byte[] buffer, int offset, int count)
    {
        Guarded(_path, () =>
        {
            _differs = _differs || !Holds(buffer.AsSpan(offset, count));
            if (_differs)
                RandomAccess.Write(_handle, buffer.AsSpan(offset, count), _position);
            return _position += count;
        });
    }

    /// <summary>Whether the file has these bytes at its position.</summary>
    private bool Holds(ReadOnlySpan<byte> expected)
    {
        var found = ArrayPool<byte>.Shared.Rent(expected.Length);
        try
        {
            var count = 0;
            for (var read = -1; count < expected.Length && read != 0; count += read)
                read = RandomAccess.Read(_handle, found.AsSpan(count, expected.Length - count), _position + count);
            return expected.SequenceEqual(found.AsSpan(0, count));
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(found);
        }
    }

    private static T Guarded<T>(string path, Func<T> work)
    {
        try
        {
            return work();
        }
        catch (Exception cause) when (StorageException.Concerns(cause))
        {
            throw StorageException.About(Path.GetDirectoryName(path)!, cause);
        }
    }

    public override void Flush()
    {
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (!_differs && !_handle.IsClosed)
            _unchanged();
        _handle.Dispose();
        base.Dispose(disposing);
    }
}
