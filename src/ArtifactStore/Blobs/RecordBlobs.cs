using Azure;
using Azure.Storage.Blobs.Models;

namespace Tmrvc.ArtifactStore.Blobs;

/// <summary>Records by key: the first writer wins. Finding one saves it from the collection of garbage.</summary>
internal sealed class RecordBlobs(BlobAccess access, Suspicions suspicions, bool isWritable, Action<string> tell)
{
    private const int MostBytes = 32 << 20;

    /// <summary>Rounds of reading and writing on condition, each of which another machine may have spoilt.</summary>
    private const int MostRounds = 8;

    private sealed record Found(byte[] Document, SmallBlob Blob)
    {
        public ContentHash? Set => BlobMetadata.SetOf(Blob.Metadata);

        public bool IsCondemned => BlobMetadata.CondemnedAt(Blob.Metadata) is not null;
    }

    /// <returns>Null when there is none, or it is damaged or distrusted.</returns>
    public async Task<byte[]?> FindAsync(ContentHash key, CancellationToken cancellation)
    {
        try
        {
            return await ReadAsync(key, cancellation).ConfigureAwait(false) is { Document: var document } && !suspicions.IsDistrusted(key, document)
                ? Given(key, document)
                : null;
        }
        catch (UnusableContentException damage)
        {
            suspicions.Add(BlobKind.Record, key);
            tell($"{damage.Message}; it counts as missing.");
            return null;
        }
    }

    /// <returns>The document that counts.</returns>
    public async Task<byte[]> AddAsync(ContentHash key, EntrySet outputs, ReadOnlyMemory<byte> document, CancellationToken cancellation)
    {
        for (var round = 0; round < MostRounds; round++)
        {
            var condition = new BlobRequestConditions { IfNoneMatch = ETag.All };
            if (await TryWriteAsync(key, outputs, document, condition, cancellation).ConfigureAwait(false))
                return document.ToArray();
            var (first, tag) = await FirstAsync(key, cancellation).ConfigureAwait(false);
            if (first is not null)
                return Given(key, first);
            if (tag is null || !await TryWriteAsync(key, outputs, document, new BlobRequestConditions { IfMatch = tag }, cancellation).ConfigureAwait(false))
                continue;
            tell($"Record {key.Short} was replaced: it could not be used, or what it names was missing or damaged.");
            suspicions.Remove(BlobKind.Record, key);
            return document.ToArray();
        }
        throw access.Calls.Refused(BlobAccess.Doing("writing", BlobKind.Record, key), "BlobKeepsChanging");
    }

    /// <summary>The document that was there first; or, where it cannot be used, what to replace.</summary>
    private async Task<(byte[]? Document, ETag? Tag)> FirstAsync(ContentHash key, CancellationToken cancellation)
    {
        try
        {
            return await ReadAsync(key, cancellation).ConfigureAwait(false) is not { } first ? (null, null)
                : IsSuspect(key, first) ? (null, first.Blob.Tag)
                : (first.Document, null);
        }
        catch (UnusableContentException)
        {
            var properties = await access.Calls.AskAsync(
                BlobAccess.Doing("reading", BlobKind.Record, key),
                attempt => access.Blob(BlobKind.Record, key).GetPropertiesAsync(cancellationToken: attempt.Token),
                cancellation).ConfigureAwait(false);
            return (null, properties.IsValue ? properties.Value.Value.ETag : null);
        }
    }

    private bool IsSuspect(ContentHash key, Found first) =>
        suspicions.IsDistrusted(key, first.Document) || (first.Set is { } set && suspicions.Has(BlobKind.Set, set));

    private byte[] Given(ContentHash key, byte[] document)
    {
        suspicions.Gave(key, document);
        return document;
    }

    private async Task<bool> TryWriteAsync(
        ContentHash key, EntrySet outputs, ReadOnlyMemory<byte> document, BlobRequestConditions conditions, CancellationToken cancellation)
    {
        var options = new BlobUploadOptions { Conditions = conditions, Metadata = BlobMetadata.OfSet(outputs.Hash) };
        return (await access.TryWriteAsync(BlobKind.Record, key, SealedText.Seal(document.Span), options, cancellation).ConfigureAwait(false)).IsValue;
    }

    /// <summary>Reads until the record is found and not condemned, or not found.</summary>
    private async Task<Found?> ReadAsync(ContentHash key, CancellationToken cancellation)
    {
        for (var round = 0; round < MostRounds; round++)
        {
            var answer = await access.ReadAsync(BlobKind.Record, key, MostBytes, Open, cancellation).ConfigureAwait(false);
            if (!answer.IsValue)
                return null;
            if (!isWritable || !answer.Value.IsCondemned || await TryRescueAsync(key, answer.Value, cancellation).ConfigureAwait(false))
                return answer.Value;
        }
        throw access.Calls.Refused(BlobAccess.Doing("reading", BlobKind.Record, key), "BlobKeepsChanging");
    }

    /// <returns>False when the record was changed or deleted meanwhile.</returns>
    private async Task<bool> TryRescueAsync(ContentHash key, Found found, CancellationToken cancellation)
    {
        var metadata = found.Set is { } set ? BlobMetadata.OfSet(set) : [];
        var conditions = new BlobRequestConditions { IfMatch = found.Blob.Tag };
        var answer = await access.Calls.AskAsync(
            BlobAccess.Doing("keeping", BlobKind.Record, key),
            attempt => access.Blob(BlobKind.Record, key).SetMetadataAsync(metadata, conditions, attempt.Token),
            cancellation).ConfigureAwait(false);
        return answer.IsValue;
    }

    private static Found Open(SmallBlob blob) => new(SealedText.Open(blob.Body).ToArray(), blob);
}
