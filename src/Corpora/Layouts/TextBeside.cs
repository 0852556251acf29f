namespace Tmrvc.Corpora;

/// <summary>Texts in files of their own.</summary>
internal static class TextBeside
{
    /// <summary>Null when there is no such file, or nothing in it.</summary>
    internal static string? Read(string path) =>
        File.Exists(path) && File.ReadAllText(path).Trim() is { Length: > 0 } text ? text : null;
}
