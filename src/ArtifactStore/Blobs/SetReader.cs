namespace Tmrvc.ArtifactStore.Blobs;

/// <summary>How the content of a set is spread over blobs.</summary>
internal sealed record SetLayout(IReadOnlyList<StoredObject> Large, IReadOnlyList<Pack> Packs);

/// <summary>Reads indices and believes nothing in them that does not follow from hashes.</summary>
internal sealed class SetReader(BlobAccess access)
{
    /// <exception cref="UnusableContentException">Missing or damaged.</exception>
    public async Task<(SetIndex Index, SmallBlob Blob)> ReadAsync(ContentHash hash, CancellationToken cancellation)
    {
        var answer = await access.ReadAsync(BlobKind.Set, hash, SetIndexText.MostBytes, blob => (Read(hash, blob), blob), cancellation).ConfigureAwait(false);
        return answer.IsValue ? answer.Value : throw new UnusableContentException(BlobKind.Set, hash, UnusableContentException.Absent);
    }

    /// <summary>Derives from the manifests what the packs hold.</summary>
    /// <param name="set">What was asked for: it counts, not what the index says.</param>
    /// <param name="tree">Null when a manifest is missing.</param>
    /// <exception cref="UnusableContentException">The index contradicts itself, or has names that must not be used.</exception>
    public static SetLayout Layout(EntrySet set, SetIndex index, Func<ContentHash, FileTree?> tree)
    {
        try
        {
            return Layout(SetContents.Of(set, hash => tree(hash) ?? throw new FormatException($"the manifest {hash.Short} is missing")), index);
        }
        catch (FormatException fault)
        {
            throw new UnusableContentException(BlobKind.Set, set.Hash, $"cannot be used: {fault.Message}");
        }
    }

    private static SetLayout Layout(StoredObject[] contents, SetIndex index)
    {
        var apart = index.Objects.ToHashSet();
        var (large, small) = StoredObject.Part(contents, apart.Contains);
        if (large.Length != apart.Count)
            throw new FormatException("it lists objects that the set does not have");
        var (packs, start) = (new List<Pack>(), 0);
        foreach (var line in index.Packs)
        {
            if (line.Count > small.Length - start)
                throw new FormatException("its packs hold more objects than the set has");
            packs.Add(PackOf(small, start, line));
            start += line.Count;
        }
        return start == small.Length ? new SetLayout(large, packs) : throw new FormatException("its packs do not hold all objects of the set");
    }

    private static Pack PackOf(StoredObject[] small, int start, PackLine line)
    {
        if (small.AsSpan(start, line.Count) is var span && Sum(span) != (ulong)line.Bytes)
            throw new FormatException($"pack {line.Id.Short} is not as long as its objects");
        var pack = Pack.Of(small, start, line.Count);
        return pack.Id == line.Id ? pack : throw new FormatException($"pack {line.Id.Short} does not hold the objects that it should hold");
    }

    private static UInt128 Sum(ReadOnlySpan<StoredObject> contents)
    {
        UInt128 sum = 0;
        foreach (var content in contents)
            sum += (ulong)content.Size;
        return sum;
    }

    private static SetIndex Read(ContentHash hash, SmallBlob blob)
    {
        var index = SetIndexText.Read(blob.Body);
        return index.Set.Hash == hash ? index : throw new FormatException("it is the index of another set");
    }
}
