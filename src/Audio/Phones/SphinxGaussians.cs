namespace Tmrvc.Audio;

/// <summary>
/// Means or variances of all Gaussians, in Sphinx's S3 format: a header of text, a mark of the byte order, codebooks, streams,
/// Gaussians, the dimension of each stream, the numbers, and a checksum of all that follows the mark.
/// </summary>
/// <param name="Dimensions">Of each stream.</param>
/// <param name="Values">[codebook][stream][Gaussian][dimension], row-major.</param>
internal sealed record SphinxGaussians(int Codebooks, int Gaussians, int[] Dimensions, float[] Values)
{
    private const uint ByteOrder = 0x11223344;

    /// <exception cref="UnusableAcousticModelException">The file is missing, cut short, or its checksum is another.</exception>
    internal static SphinxGaussians Read(string path)
    {
        var text = SphinxBytes.Open(path);
        var hasChecksum = ReadHeader(text);
        var numbers = text.Ordered(ByteOrder);
        var start = numbers.Offset;
        var codebooks = numbers.Count("codebooks", 100_000);
        var streams = numbers.Count("streams", 16);
        var gaussians = numbers.Count("Gaussians a codebook", 100_000);
        int[] dimensions = [.. Enumerable.Range(0, streams).Select(_ => numbers.Count("dimensions in a stream", 1000))];
        var total = (long)codebooks * gaussians * dimensions.Sum();
        if (numbers.Int32() != total || numbers.Left < 4 * total)
            throw numbers.Broken($"{total} numbers are announced, and it has {numbers.Left / 4}");
        var values = numbers.Singles((int)total);
        if (hasChecksum)
            SphinxChecksum.Verify(numbers, start);
        return new(codebooks, gaussians, dimensions, values);
    }

    /// <returns>Whether a checksum ends the file.</returns>
    private static bool ReadHeader(SphinxBytes bytes)
    {
        if (bytes.Left < 3 || bytes.TextTo('\n') != "s3")
            throw bytes.Broken("it does not begin with s3, as parameters of Sphinx do");
        var hasChecksum = false;
        while (bytes.TextTo('\n').Trim() is var line && line != "endhdr")
            hasChecksum |= line.StartsWith("chksum0", StringComparison.Ordinal) && line.EndsWith("yes", StringComparison.Ordinal);
        return hasChecksum;
    }
}
