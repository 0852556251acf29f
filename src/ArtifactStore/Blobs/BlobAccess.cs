using Azure;
using Azure.Storage;
using Azure.Storage.Blobs.Models;
using Azure.Storage.Blobs.Specialized;

namespace Tmrvc.ArtifactStore.Blobs;

/// <param name="Metadata">By name.</param>
internal sealed record SmallBlob(byte[] Body, ETag Tag, IDictionary<string, string> Metadata);

/// <summary>The requests that reading and writing are made of, each with its retries. Knows nothing of what blobs hold.</summary>
internal sealed class BlobAccess(BlobContainer container, BlobCalls calls)
{
    /// <summary>The server refuses a body that was damaged on its way.</summary>
    public static readonly UploadTransferValidationOptions Checked = new() { ChecksumAlgorithm = StorageChecksumAlgorithm.MD5 };

    private static readonly StorageTransferOptions AtOnce = new() { InitialTransferSize = 64 << 20, MaximumConcurrency = 1 };

    public BlobCalls Calls => calls;

    public BlockBlobClient Blob(BlobKind kind, ContentHash hash) => container.Blob(kind, hash);

    /// <summary>Reads a whole blob of modest size.</summary>
    /// <param name="open">Makes something of it, in the last place of a try: damage of the way is gone with the next.</param>
    /// <param name="most">Bytes that it may have.</param>
    /// <exception cref="UnusableContentException">Damaged.</exception>
    public async Task<Answer<T>> ReadAsync<T>(
        BlobKind kind, ContentHash hash, int most, Func<SmallBlob, T> open, CancellationToken cancellation)
    {
        try
        {
            return await calls.AskAsync(Doing("reading", kind, hash), attempt => ReadAsync(kind, hash, most, open, attempt), cancellation).ConfigureAwait(false);
        }
        catch (WrongBodyException damage)
        {
            throw new UnusableContentException(kind, hash, $"is damaged ({damage.Message})");
        }
    }

    /// <summary>Fills <paramref name="into"/> from an offset on.</summary>
    /// <exception cref="UnusableContentException">There is no such blob, or it is shorter.</exception>
    public async Task ReadRangeAsync(BlobKind kind, ContentHash hash, long offset, Memory<byte> into, CancellationToken cancellation)
    {
        try
        {
            var answer = await calls.AskAsync(Doing("reading", kind, hash), attempt => ReadRangeAsync(kind, hash, offset, into, attempt), cancellation).ConfigureAwait(false);
            if (!answer.IsValue)
                throw new UnusableContentException(kind, hash, answer.IsMissing ? "is missing" : "is shorter than it should be");
        }
        catch (WrongBodyException)
        {
            throw new UnusableContentException(kind, hash, "is shorter than it should be");
        }
    }

    /// <summary>Whether a blob is there. If it is, it counts as new from now on, so that no collection of garbage takes it.</summary>
    public async Task<bool> TouchAsync(BlobKind kind, ContentHash hash, CancellationToken cancellation) =>
        (await calls.AskAsync(
            Doing("looking for", kind, hash),
            attempt => Blob(kind, hash).SetMetadataAsync(new Dictionary<string, string>(), cancellationToken: attempt.Token),
            cancellation)).IsValue;

    /// <summary>Writes a whole blob in one request, in place of what was there.</summary>
    public Task WriteAsync(BlobKind kind, ContentHash hash, ReadOnlyMemory<byte> body, CancellationToken cancellation) =>
        calls.RunAsync(Doing("writing", kind, hash), attempt => WriteAsync(Blob(kind, hash), body, new BlobUploadOptions(), attempt), cancellation);

    /// <summary>Writes a whole blob in one request if the conditions hold.</summary>
    public Task<Answer<ETag>> TryWriteAsync(
        BlobKind kind, ContentHash hash, ReadOnlyMemory<byte> body, BlobUploadOptions options, CancellationToken cancellation) =>
        calls.AskAsync(Doing("writing", kind, hash), attempt => WriteAsync(Blob(kind, hash), body, options, attempt), cancellation);

    public static string Doing(string what, BlobKind kind, ContentHash hash) => $"{what} {kind.ToString().ToLowerInvariant()} {hash.Short}";

    private static async Task<ETag> WriteAsync(BlockBlobClient blob, ReadOnlyMemory<byte> body, BlobUploadOptions options, Attempt attempt)
    {
        using var stream = new WatchedStream(body, attempt);
        (options.TransferValidation, options.TransferOptions) = (Checked, AtOnce);
        return (await blob.UploadAsync(stream, options, attempt.Token).ConfigureAwait(false)).Value.ETag;
    }

    private async Task<T> ReadAsync<T>(BlobKind kind, ContentHash hash, int most, Func<SmallBlob, T> open, Attempt attempt)
    {
        using var found = await OpenAsync(kind, hash, new BlobDownloadOptions(), attempt).ConfigureAwait(false);
        if (found.Details.ContentLength > most)
            throw new WrongBodyException($"it has {found.Details.ContentLength} bytes, {most} are allowed");
        var body = new byte[found.Details.ContentLength];
        await FillAsync(found.Content, body, attempt).ConfigureAwait(false);
        try
        {
            return open(new SmallBlob(body, found.Details.ETag, found.Details.Metadata));
        }
        catch (FormatException fault)
        {
            throw new WrongBodyException(fault.Message);
        }
    }

    private async Task<bool> ReadRangeAsync(BlobKind kind, ContentHash hash, long offset, Memory<byte> into, Attempt attempt)
    {
        var range = new BlobDownloadOptions { Range = new HttpRange(offset, into.Length) };
        using var found = await OpenAsync(kind, hash, range, attempt).ConfigureAwait(false);
        await FillAsync(found.Content, into, attempt).ConfigureAwait(false);
        return true;
    }

    private async Task<BlobDownloadStreamingResult> OpenAsync(BlobKind kind, ContentHash hash, BlobDownloadOptions options, Attempt attempt) =>
        (await Blob(kind, hash).DownloadStreamingAsync(options, attempt.Token).ConfigureAwait(false)).Value;

    private static async Task FillAsync(Stream content, Memory<byte> into, Attempt attempt)
    {
        for (var filled = 0; filled < into.Length;)
        {
            var read = await ReadAsync(content, into[filled..], attempt).ConfigureAwait(false);
            if (read == 0)
                throw new WrongBodyException($"it ends after {filled} of {into.Length} bytes");
            attempt.Moved();
            filled += read;
        }
    }

    /// <summary>The library takes up a broken connection by itself, and refuses to when the blob was looked for by a push meanwhile.</summary>
    private static async ValueTask<int> ReadAsync(Stream content, Memory<byte> into, Attempt attempt)
    {
        try
        {
            return await content.ReadAsync(into, attempt.Token).ConfigureAwait(false);
        }
        catch (RequestFailedException changed) when (changed.Status == 412)
        {
            throw new WrongBodyException("it was changed while it was read");
        }
    }
}
