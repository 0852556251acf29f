using System.Text.RegularExpressions;

namespace Tmrvc.Build.Progress;

/// <summary>SHA-256 as people read them: the first twelve digits.</summary>
internal static class ShortHashes
{
    public static string In(string text) => Regex.Replace(text, "\\b[0-9a-f]{64}\\b", hash => hash.Value[..12]);
}
