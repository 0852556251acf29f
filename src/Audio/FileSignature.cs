using System.Buffers.Binary;
using System.Text;

namespace Tmrvc.Audio;

/// <summary>What the first bytes of a file say it is, for files that are not the audio they should be.</summary>
internal static class FileSignature
{
    private const int Examined = 512;

    private static readonly (byte[] Start, string Name)[] Known =
    [
        ([.. "RIFF"u8], "a RIFF (wav) file"),
        ([.. "fLaC"u8], "a FLAC file"),
        ([.. "OggS"u8], "an Ogg file"),
        ([.. "ID3"u8], "an MP3 file"),
        ([.. "PK\x03\x04"u8], "a zip archive"),
        ([0x1F, 0x8B], "a gzip archive"),
        ([0x89, .. "PNG"u8], "a PNG picture"),
        ([0xFF, 0xD8, 0xFF], "a JPEG picture"),
        ([.. "%PDF"u8], "a PDF document"),
        ([0x7F, .. "ELF"u8], "a program"),
    ];

    internal static void RequireContent(string path)
    {
        if (Length(path) == 0)
            throw new UnreadableAudioException(path, "empty: 0 bytes");
    }

    /// <summary>For formats without a header: refuses text and anything that has another format's header.</summary>
    internal static void RequireBareData(string path)
    {
        var start = Start(path);
        if (KnownName(start) is not null || IsText(start))
            throw new UnreadableAudioException(path, Describe(path));
    }

    /// <summary>Refuses a file that ends before what it says of itself does.</summary>
    internal static void RequireStatedLength(string path)
    {
        var start = Start(path);
        if (start.AsSpan().StartsWith("OggS"u8) && !OggPages.EndsWithAPage(path))
            throw new UnreadableAudioException(path, "cut short: the end of its Ogg stream is not there");
        RequireRiffLength(path, start);
    }

    /// <summary>A RIFF file states its length; 0 and 2³² − 1 mean that the writer did not know it.</summary>
    private static void RequireRiffLength(string path, byte[] start)
    {
        if (start.Length < 12 || !start.AsSpan().StartsWith("RIFF"u8))
            return;
        var stated = BinaryPrimitives.ReadUInt32LittleEndian(start.AsSpan(4)) + 8L;
        var found = Length(path);
        if (stated is > 8 and < uint.MaxValue && found < stated - 1)
            throw new UnreadableAudioException(path, $"cut short: {found} of {stated} bytes are there");
    }

    /// <summary>"not readable as audio: " and what the file looks like.</summary>
    internal static string Describe(string path)
    {
        var start = Start(path);
        if (KnownName(start) is { } name)
            return $"not readable as audio: {name}";
        if (IsText(start))
            return $"not audio: text that starts with \"{FirstLine(start)}\"";
        return $"not audio: unknown data that starts with {Convert.ToHexString(start.AsSpan(0, Math.Min(8, start.Length)))}";
    }

    /// <summary>Of the file that is read; <see cref="FileInfo"/> gives that of a symbolic link itself.</summary>
    internal static long Length(string path)
    {
        using var file = File.OpenHandle(path);
        return RandomAccess.GetLength(file);
    }

    private static byte[] Start(string path)
    {
        using var file = File.OpenRead(path);
        var start = new byte[Math.Min(Examined, file.Length)];
        file.ReadExactly(start);
        return start;
    }

    private static string? KnownName(byte[] start) => Known.FirstOrDefault(known => start.AsSpan().StartsWith(known.Start)).Name;

    private static bool IsText(byte[] start) => start.All(value => value is >= 0x20 and < 0x7F or (byte)'\t' or (byte)'\r' or (byte)'\n');

    private static string FirstLine(byte[] start)
    {
        var line = Encoding.ASCII.GetString(start).Split('\n', '\r')[0].Trim();
        return line.Length <= 40 ? line : line[..40] + "…";
    }
}
