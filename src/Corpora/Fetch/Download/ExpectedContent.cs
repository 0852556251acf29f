using System.Buffers;
using System.Security.Cryptography;
using Microsoft.Win32.SafeHandles;
using Tmrvc.BuildGraph;

namespace Tmrvc.Corpora;

/// <summary>What a look at a file's bytes came to.</summary>
/// <param name="Length">Bytes.</param>
/// <param name="Digest">Equal for equal contents.</param>
/// <param name="Mismatch">What was found and what is expected; null when the file is as it should be.</param>
internal sealed record ContentFinding(long Length, string Digest, string? Mismatch);

/// <summary>What is known of a file's content beforehand: published checksums, else what an earlier download was.</summary>
/// <param name="pin">Null when this checkout has not downloaded the file before.</param>
internal sealed class ExpectedContent(RemoteFile file, PinnedOutput? pin)
{
    private const int BufferLength = 1 << 20;

    /// <summary>Whether equal checksums will tell that the content is right.</summary>
    internal bool IsKnown => Checksums.Any();

    private IEnumerable<(HashAlgorithmName Algorithm, string Expected, string Authority)> Checksums
    {
        get
        {
            if (file.Sha256.Length > 0)
                yield return (HashAlgorithmName.SHA256, file.Sha256, "is declared");
            if (file.Md5.Length > 0)
                yield return (HashAlgorithmName.MD5, file.Md5, "is declared");
            if (file.Sha256.Length + file.Md5.Length == 0 && pin is not null)
                yield return (HashAlgorithmName.SHA256, pin.Hash.ToString(), $"was pinned by an earlier download ({pin.LockFile})");
        }
    }

    /// <summary>Reads the file through. One whose content is not known beforehand must at least be sound, if it is an archive.</summary>
    internal async Task<ContentFinding> LookAsync(string path, CancellationToken cancellation)
    {
        using var handle = File.OpenHandle(path, options: FileOptions.SequentialScan | FileOptions.Asynchronous);
        var length = RandomAccess.GetLength(handle);
        if (file.Bytes > 0 && length != file.Bytes)
            return new ContentFinding(length, $"{length} bytes", $"it has {length} bytes, {file.Bytes} are declared");
        (HashAlgorithmName Algorithm, string Expected, string Authority)[] checksums =
            IsKnown ? [.. Checksums] : [(HashAlgorithmName.SHA256, "", "")];
        var found = await ComputeAsync(handle, [.. checksums.Select(checksum => checksum.Algorithm)], cancellation);
        return new ContentFinding(
            length, found[0], IsKnown ? Compare(checksums, found) : ArchiveSoundness.Problem(path, file.Name, cancellation));
    }

    private static string? Compare((HashAlgorithmName Algorithm, string Expected, string Authority)[] checksums, string[] found) =>
        checksums.Zip(found).Where(pair => pair.First.Expected != pair.Second)
            .Select(pair => $"its {NameOf(pair.First.Algorithm)} is {pair.Second}, {pair.First.Expected} {pair.First.Authority}")
            .FirstOrDefault();

    private static string NameOf(HashAlgorithmName algorithm) => algorithm == HashAlgorithmName.SHA256 ? "SHA-256" : algorithm.Name!;

    private static async Task<string[]> ComputeAsync(
        SafeFileHandle handle, HashAlgorithmName[] algorithms, CancellationToken cancellation)
    {
        IncrementalHash[] hashes = [.. algorithms.Select(IncrementalHash.CreateHash)];
        var buffer = ArrayPool<byte>.Shared.Rent(BufferLength);
        try
        {
            long at = 0;
            for (int read; (read = await RandomAccess.ReadAsync(handle, buffer, at, cancellation)) > 0; at += read)
                foreach (var hash in hashes)
                    hash.AppendData(buffer, 0, read);
            return [.. hashes.Select(hash => Convert.ToHexStringLower(hash.GetHashAndReset()))];
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
            foreach (var hash in hashes)
                hash.Dispose();
        }
    }
}
