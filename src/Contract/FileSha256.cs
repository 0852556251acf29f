using System.Security.Cryptography;

namespace Tmrvc.Contract;

/// <summary>What a file is known by, wherever it lies.</summary>
public static class FileSha256
{
    /// <summary>Digits that people are shown.</summary>
    private const int Shown = 12;

    /// <returns>SHA-256 in 64 lower-case hexadecimal digits, as <c>sha256sum</c> prints it.</returns>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static string Of(string path)
    {
        using var file = File.OpenRead(path);
        return Convert.ToHexStringLower(SHA256.HashData(file));
    }

    /// <summary>The beginning of a hash.</summary>
    public static string Short(string hash) => hash[..Math.Min(hash.Length, Shown)];

    internal static bool IsOne(string text) => text.Length == 2 * SHA256.HashSizeInBytes && text.All(char.IsAsciiHexDigitLower);
}
