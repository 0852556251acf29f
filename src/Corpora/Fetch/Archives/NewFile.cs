using Microsoft.Win32.SafeHandles;
using Tmrvc.ArtifactStore;

namespace Tmrvc.Corpora;

/// <summary>A file that is written once, from its first byte on, without a buffer of its own.</summary>
internal sealed class NewFile : Stream
{
    private readonly SafeFileHandle _handle;
    private readonly string _path;
    private long _position;

    private NewFile(SafeFileHandle handle, string path) => (_handle, _path) = (handle, path);

    /// <param name="path">Absolute; its folder is there. What an interrupted run left is written over.</param>
    /// <exception cref="StorageException">The device fails.</exception>
    internal static NewFile Create(string path, long length)
    {
        try
        {
            return new NewFile(File.OpenHandle(path, FileMode.Create, FileAccess.Write, FileShare.None, preallocationSize: length > 1<<20 ? length : 0), path);
        }
        catch (Exception cause) when (StorageException.Concerns(cause))
        {
            throw StorageException.About(Path.GetDirectoryName(path)!, cause);
        }
    }

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => _position;

    public override long Position { get => _position; set => throw new NotSupportedException(); }

    public override void Write(byte[] buffer, int offset, int count)
    {
        try
        {
            RandomAccess.Write(_handle, buffer.AsSpan(offset, count), _position);
            _position += count;
        }
        catch (Exception cause) when (StorageException.Concerns(cause))
        {
            throw StorageException.About(Path.GetDirectoryName(_path)!, cause);
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
        _handle.Dispose();
        base.Dispose(disposing);
    }
}
