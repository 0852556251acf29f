using System.Text;
using System.Text.Unicode;

namespace Tmrvc.ArtifactStore;

/// <summary>An entry of a folder whose content cannot be had, so that no tree can hold it.</summary>
/// <param name="Path">Relative, forward slashes; bytes that a manifest cannot keep stand as <c>%XX</c>.</param>
/// <param name="Reason">What is the matter, and what to do.</param>
public sealed record UnusableFile(string Path, string Reason)
{
    internal static bool IsKeepable(ReadOnlySpan<byte> name) => Utf8.IsValid(name) && name.IndexOfAnyInRange((byte)0, (byte)31) < 0;

    internal static UnusableFile Of(ReadOnlySpan<byte> path, string reason) => new(Printable(path), reason);

    internal static string Printable(ReadOnlySpan<byte> name)
    {
        if (IsKeepable(name))
            return Encoding.UTF8.GetString(name);
        var text = new StringBuilder();
        foreach (var unit in name)
            _ = unit is < 0x20 or >= 0x7F ? text.Append($"%{unit:X2}") : text.Append((char)unit);
        return text.ToString();
    }
}
