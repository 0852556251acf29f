using System.Security.Cryptography;
using Microsoft.Win32.SafeHandles;

namespace Tmrvc.ArtifactStore.Blobs;

/// <summary>
/// A large file that arrives block by block, in any order. Beside it lies a list of the blocks that are there, so that one process goes
/// on where another was killed. Safe for several threads.
/// </summary>
internal sealed class PartialFile : IDisposable
{
    private readonly string _path;
    private readonly BlockSpan[] _blocks;
    private readonly SafeFileHandle _file, _list;
    private readonly byte[] _there;
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly Lock _hashing = new();
    private int _hashed;

    /// <param name="path">Of the file while it is not complete.</param>
    /// <exception cref="StorageException"/>
    public PartialFile(string path, BlockSpan[] blocks)
    {
        (_path, _blocks, _there) = (path, blocks, new byte[blocks.Length]);
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            _file = File.OpenHandle(path, FileMode.OpenOrCreate, FileAccess.ReadWrite);
            _list = File.OpenHandle(ListPath, FileMode.OpenOrCreate, FileAccess.ReadWrite);
            if (RandomAccess.GetLength(_list) <= blocks.Length)
                RandomAccess.Read(_list, _there, 0);
        }
        catch (Exception cause) when (StorageException.Concerns(cause))
        {
            throw StorageException.About(Path.GetDirectoryName(path)!, cause);
        }
    }

    private string ListPath => _path + ".blocks";

    public bool Has(int block) => Volatile.Read(ref _there[block]) != 0;

    /// <exception cref="StorageException"/>
    public void Write(int block, ReadOnlySpan<byte> bytes)
    {
        try
        {
            RandomAccess.Write(_file, bytes, _blocks[block].Offset);
            RandomAccess.Write(_list, [1], block);
            Volatile.Write(ref _there[block], 1);
        }
        catch (Exception cause) when (StorageException.Concerns(cause))
        {
            throw StorageException.About(Path.GetDirectoryName(_path)!, cause);
        }
    }

    /// <summary>Hashes on, as far as there is no gap, unless another thread is at it.</summary>
    /// <param name="buffer">As long as the longest block, or longer; overwritten.</param>
    /// <param name="held">The block that <paramref name="buffer"/> begins with, which need not be read again; −1 for none.</param>
    /// <exception cref="StorageException"/>
    public void HashOn(byte[] buffer, int held)
    {
        if (!_hashing.TryEnter())
            return;
        try
        {
            if (_hashed == held)
                _hash.AppendData(buffer, 0, _blocks[_hashed++].Length);
            for (; _hashed < _blocks.Length && Has(_hashed); _hashed++)
                Hash(_blocks[_hashed], buffer);
        }
        finally
        {
            _hashing.Exit();
        }
    }

    /// <summary>The hash of the whole, all blocks of which are there.</summary>
    public ContentHash Finish(byte[] buffer)
    {
        HashOn(buffer, -1);
        return new ContentHash(_hash.GetHashAndReset());
    }

    /// <summary>Seals it and gives it its place, in one step.</summary>
    /// <exception cref="StorageException"/>
    public void MoveTo(string path)
    {
        try
        {
            Seal.Set(_file);
            Close();
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.Move(_path, path, overwrite: true);
            File.Delete(ListPath);
        }
        catch (Exception cause) when (StorageException.Concerns(cause))
        {
            throw StorageException.About(Path.GetDirectoryName(path)!, cause);
        }
    }

    public void Discard()
    {
        Close();
        File.Delete(ListPath);
        File.Delete(_path);
    }

    public void Dispose()
    {
        Close();
        _hash.Dispose();
    }

    private void Close()
    {
        _file.Dispose();
        _list.Dispose();
    }

    private void Hash(BlockSpan block, byte[] buffer)
    {
        try
        {
            var bytes = buffer.AsSpan(0, block.Length);
            _hash.AppendData(bytes[..RandomAccess.Read(_file, bytes, block.Offset)]);
        }
        catch (Exception cause) when (StorageException.Concerns(cause))
        {
            throw StorageException.About(_path, cause);
        }
    }
}
