using System.Text;

namespace Tmrvc.ArtifactStore;

/// <summary>
/// Paths below a folder that came from elsewhere: relative, forward slashes, nothing that leads out, and nothing that any of the usual
/// file systems would take for something else.
/// </summary>
public static class EntryPath
{
    private const int LongestPart = 255, LongestPath = 2048;

    private static readonly string[] Devices =
    [
        "CON", "PRN", "AUX", "NUL", "CONIN$", "CONOUT$",
        .. from port in new[] { "COM", "LPT" } from digit in "0123456789¹²³" select $"{port}{digit}",
    ];

    /// <returns>Why a file must not be put there, as <c>it leads out of its folder</c>; null when it may.</returns>
    public static string? FaultOf(string path)
    {
        if (!IsInside(path))
            return "it leads out of its folder";
        if (Encoding.UTF8.GetByteCount(path) > LongestPath)
            return $"it is longer than {LongestPath} bytes";
        foreach (var part in path.AsSpan().Split('/'))
            if (FaultOfPart(path.AsSpan(part)) is { } fault)
                return fault;
        return null;
    }

    /// <returns>The same for a name without folders.</returns>
    public static string? FaultOfName(string name) => name.Contains('/') ? "it is no plain name" : FaultOf(name);

    /// <summary>Whether the path stays below the folder it is put together with, on this system.</summary>
    internal static bool IsInside(string path)
    {
        foreach (var part in path.AsSpan().Split('/'))
            if (path.AsSpan(part) is "" or "." or "..")
                return false;
        return !path.Contains('\0') && !(OperatingSystem.IsWindows() && path.AsSpan().ContainsAny(":\\"));
    }

    private static string? FaultOfPart(ReadOnlySpan<char> part)
    {
        if (part.ContainsAny("\\:*?\"<>|"))
            return "a backslash, colon or one of *?\"<>| is in it";
        if (part.ContainsAnyInRange('\0', '\u001f') || part.ContainsAnyInRange('\u007f', '\u009f'))
            return "a control character is in it";
        if (HasLoneSurrogate(part))
            return "it is no Unicode text";
        if (part[^1] is '.' or ' ')
            return "a part of it ends in a dot or a space";
        if (IsDevice(part))
            return "Windows takes it for a device";
        return Encoding.UTF8.GetByteCount(part) > LongestPart ? $"a part of it is longer than {LongestPart} bytes" : null;
    }

    /// <summary>NUL is a device, and so are nul.txt and "nul .txt".</summary>
    private static bool IsDevice(ReadOnlySpan<char> part)
    {
        var dot = part.IndexOf('.');
        var name = (dot < 0 ? part : part[..dot]).TrimEnd(' ');
        foreach (var device in Devices)
            if (name.Equals(device, StringComparison.OrdinalIgnoreCase))
                return true;
        return false;
    }

    private static bool HasLoneSurrogate(ReadOnlySpan<char> text)
    {
        foreach (var rune in text.EnumerateRunes())
            if (rune == Rune.ReplacementChar)
                return true;
        return false;
    }
}
