namespace Tmrvc.ArtifactStore.Blobs;

/// <summary>Sends packs, each in one request, after looking whether it is there.</summary>
internal sealed class PackUpload(BlobAccess access, TransferSlots slots, LocalStore local)
{
    /// <summary>A pack up to here is sent without looking first: writing it again is as cheap.</summary>
    private const int SmallBytes = 128 << 10;

    /// <param name="isSuspect">Whether what is there must be replaced.</param>
    public async Task SendAsync(Pack pack, bool isSuspect, TransferMeter meter, CancellationToken cancellation)
    {
        if (!isSuspect && pack.Bytes > SmallBytes && await access.TouchAsync(BlobKind.Pack, pack.Id, cancellation).ConfigureAwait(false))
        {
            meter.WasThere(pack.Bytes);
            return;
        }
        using var slot = await slots.TakeAsync(cancellation).ConfigureAwait(false);
        Fill(slot.Buffer, pack);
        var body = slot.Buffer.AsMemory(0, pack.Bytes);
        await access.WriteAsync(BlobKind.Pack, pack.Id, body, cancellation).ConfigureAwait(false);
        meter.Moved(pack.Bytes);
    }

    private void Fill(byte[] buffer, Pack pack)
    {
        var offset = 0;
        foreach (var content in pack.Objects)
        {
            local.Objects.Read(content.Hash, buffer.AsSpan(offset, (int)content.Size));
            offset += (int)content.Size;
        }
    }
}
