using System.Security.Cryptography;
using System.Text;

namespace Tmrvc.Training;

/// <summary>SHA256SUMS in a folder, in the format of coreutils' sha256sum: <c>HEX  NAME</c>, sorted by name.</summary>
internal static class CheckSums
{
    private const string FileName = "SHA256SUMS";

    public static void Write(string folder) =>
        DurableFile.Write(Path.Combine(folder, FileName), Encoding.UTF8.GetBytes(Compute(folder)));

    /// <summary>What differs from the folder as it was written; null when nothing does.</summary>
    public static string? Mistake(string folder)
    {
        var sums = Path.Combine(folder, FileName);
        if (!File.Exists(sums)) return $"{FileName} is missing";
        var (expected, found) = (Lines(File.ReadAllText(sums)), Lines(Compute(folder)));
        if (expected.Except(found).FirstOrDefault() is { } changed) return $"a file does not have its checksum ({changed})";
        return found.Count > expected.Count ? "it holds files that were not written with it" : null;
    }

    private static string Compute(string folder) => string.Concat(Directory.GetFiles(folder)
        .Select(path => Path.GetFileName(path))
        .Where(name => name != FileName)
        .Order(StringComparer.Ordinal)
        .Select(name => $"{Hash(Path.Combine(folder, name))}  {name}\n"));

    private static string Hash(string path)
    {
        using var stream = File.OpenRead(path);
        return Convert.ToHexStringLower(SHA256.HashData(stream));
    }

    private static List<string> Lines(string text) => [.. text.Split('\n', StringSplitOptions.RemoveEmptyEntries)];
}
