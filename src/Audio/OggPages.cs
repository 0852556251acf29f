namespace Tmrvc.Audio;

/// <summary>The pages of an Ogg file, RFC 3533.</summary>
internal static class OggPages
{
    private const int HeaderBytes = 27;
    private const int LargestPage = HeaderBytes + 255 + 255 * 255;

    /// <summary>Whether the last page is whole. Not all recorders mark it as the last of its stream.</summary>
    internal static bool EndsWithAPage(string path)
    {
        var end = End(path);
        var last = end.AsSpan().LastIndexOf("OggS"u8);
        if (last < 0 || end.Length - last < HeaderBytes)
            return false;
        var page = end.AsSpan(last);
        int segments = page[HeaderBytes - 1];
        var length = HeaderBytes + segments;
        if (page.Length < length)
            return false;
        foreach (var segment in page.Slice(HeaderBytes, segments))
            length += segment;
        return page.Length >= length;
    }

    private static byte[] End(string path)
    {
        using var file = File.OpenHandle(path);
        var length = RandomAccess.GetLength(file);
        var end = new byte[Math.Min(LargestPage, length)];
        RandomAccess.Read(file, end, length - end.Length);
        return end;
    }
}
