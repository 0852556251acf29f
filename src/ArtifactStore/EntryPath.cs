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
        return path.Split('/').Select(FaultOfPart).FirstOrDefault(fault => fault is not null);
    }

    /// <returns>The same for a name without folders.</returns>
    public static string? FaultOfName(string name) => name.Contains('/') ? "it is no plain name" : FaultOf(name);

    /// <summary>Whether the path stays below the folder it is put together with, on this system.</summary>
    internal static bool IsInside(string path) =>
        path.Split('/').All(part => part is not ("" or "." or "..")) && !path.Contains('\0') &&
        !(OperatingSystem.IsWindows() && path.AsSpan().ContainsAny(":\\"));

    private static string? FaultOfPart(string part) => part switch
    {
        _ when part.AsSpan().ContainsAny("\\:*?\"<>|") => "a backslash, colon or one of *?\"<>| is in it",
        _ when part.Any(char.IsControl) => "a control character is in it",
        _ when HasLoneSurrogate(part) => "it is no Unicode text",
        _ when part[^1] is '.' or ' ' => "a part of it ends in a dot or a space",
        _ when IsDevice(part) => "Windows takes it for a device",
        _ when Encoding.UTF8.GetByteCount(part) > LongestPart => $"a part of it is longer than {LongestPart} bytes",
        _ => null,
    };

    /// <summary>NUL is a device, and so are nul.txt and "nul .txt".</summary>
    private static bool IsDevice(string part) =>
        Devices.Contains(part.Split('.')[0].TrimEnd(' '), StringComparer.OrdinalIgnoreCase);

    private static bool HasLoneSurrogate(string text)
    {
        foreach (var rune in text.EnumerateRunes())
            if (rune == Rune.ReplacementChar)
                return true;
        return false;
    }
}
