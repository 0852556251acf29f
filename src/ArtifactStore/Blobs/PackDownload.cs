namespace Tmrvc.ArtifactStore.Blobs;

/// <summary>Brings objects out of packs, with one request for those that lie close together. Each is verified by itself.</summary>
/// <param name="tries">Of objects that arrive damaged.</param>
internal sealed class PackDownload(BlobAccess access, TransferSlots slots, int tries)
{
    /// <summary>Reading over so much that is not needed is quicker than another request.</summary>
    private const int WorthReadingOver = 512 << 10;

    private readonly record struct Slice(StoredObject Content, int Offset)
    {
        public int End => Offset + (int)Content.Size;
    }

    /// <summary>Verified content; called from several threads for different packs.</summary>
    public delegate void Receiver(StoredObject content, ReadOnlySpan<byte> bytes);

    /// <param name="isNeeded">Asked once for each object of the pack.</param>
    /// <exception cref="UnusableContentException"/>
    public async Task BringAsync(Pack pack, Func<StoredObject, bool> isNeeded, Receiver receive, CancellationToken cancellation)
    {
        var needed = Slices(pack).Where(slice => isNeeded(slice.Content)).ToArray();
        if (needed.Length == 0)
            return;
        using var slot = await slots.TakeAsync(cancellation).ConfigureAwait(false);
        for (var attempt = 0; attempt < tries && needed.Length > 0; attempt++)
            needed = await BringAsync(pack.Id, needed, slot.Buffer, receive, cancellation).ConfigureAwait(false);
        if (needed.Length > 0)
            throw new UnusableContentException(BlobKind.Pack, pack.Id, $"is damaged (object {needed[0].Content.Hash.Short} in it)");
    }

    /// <returns>What arrived damaged.</returns>
    private async Task<Slice[]> BringAsync(ContentHash id, Slice[] needed, byte[] buffer, Receiver receive, CancellationToken cancellation)
    {
        var damaged = new List<Slice>();
        foreach (var group in Groups(needed))
        {
            var (start, bytes) = (group[0].Offset, buffer.AsMemory(0, group[^1].End - group[0].Offset));
            await access.ReadRangeAsync(BlobKind.Pack, id, start, bytes, cancellation).ConfigureAwait(false);
            foreach (var slice in group)
                if (!TryReceive(slice, bytes.Span.Slice(slice.Offset - start, (int)slice.Content.Size), receive))
                    damaged.Add(slice);
        }
        return [.. damaged];
    }

    private static bool TryReceive(Slice slice, ReadOnlySpan<byte> bytes, Receiver receive)
    {
        if (ContentHash.Of(bytes) != slice.Content.Hash)
            return false;
        receive(slice.Content, bytes);
        return true;
    }

    private static IEnumerable<Slice> Slices(Pack pack)
    {
        var offset = 0;
        foreach (var content in pack.Objects)
        {
            yield return new Slice(content, offset);
            offset += (int)content.Size;
        }
    }

    private static IEnumerable<ArraySegment<Slice>> Groups(Slice[] slices)
    {
        for (var (start, end) = (0, 1); end <= slices.Length; end++)
            if (end == slices.Length || slices[end].Offset - slices[end - 1].End > WorthReadingOver)
            {
                yield return new ArraySegment<Slice>(slices, start, end - start);
                start = end;
            }
    }
}
