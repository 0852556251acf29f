using System.Security.Cryptography;

namespace Tmrvc.ArtifactStore.Blobs;

/// <summary>
/// Small files that travel as one blob, one after the other. Where one pack ends and the next begins follows from the content, so that
/// a changed, added or removed file changes the pack that it is in and hardly any other.
/// </summary>
/// <param name="Id">SHA-256 over the hashes of the objects: to know it, no file is read.</param>
/// <param name="Bytes">At most <see cref="MostBytes"/>.</param>
internal sealed record Pack(ContentHash Id, ArraySegment<StoredObject> Objects, int Bytes)
{
    /// <summary>Files from here on travel as blobs of their own.</summary>
    public const int LargeFrom = 4 << 20;

    public const int MostBytes = 16 << 20;

    private const int LeastBytes = 4 << 20, MeanBytesBetweenEnds = 6 << 20;

    /// <param name="small">In the order of their paths.</param>
    public static IEnumerable<Pack> Cut(StoredObject[] small)
    {
        var (start, bytes) = (0, 0L);
        for (var index = 0; index < small.Length; index++)
        {
            bytes += small[index].Size;
            var isLast = index == small.Length - 1;
            if (!isLast && bytes + small[index + 1].Size <= MostBytes && (bytes < LeastBytes || !IsEnd(small[index])))
                continue;
            yield return Of(small, start, index + 1 - start);
            (start, bytes) = (index + 1, 0);
        }
    }

    public static Pack Of(StoredObject[] small, int start, int count)
    {
        var objects = new ArraySegment<StoredObject>(small, start, count);
        return new Pack(IdOf(objects), objects, checked((int)objects.Sum(content => content.Size)));
    }

    /// <summary>By its hash, an object in proportion to its size is the last of its pack.</summary>
    private static bool IsEnd(StoredObject content)
    {
        Span<byte> hash = stackalloc byte[ContentHash.ByteCount];
        content.Hash.CopyTo(hash);
        return System.Buffers.Binary.BinaryPrimitives.ReadUInt32BigEndian(hash) * (double)MeanBytesBetweenEnds < content.Size * (double)uint.MaxValue;
    }

    private static ContentHash IdOf(ArraySegment<StoredObject> objects)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData("pack 1\n"u8);
        Span<byte> bytes = stackalloc byte[ContentHash.ByteCount];
        foreach (var content in objects)
        {
            content.Hash.CopyTo(bytes);
            hash.AppendData(bytes);
        }
        return new ContentHash(hash.GetHashAndReset());
    }
}
