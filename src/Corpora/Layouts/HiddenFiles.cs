namespace Tmrvc.Corpora;

/// <summary>Files that systems leave beside those of a corpus, such as macOS' <c>._*</c> and <c>__MACOSX/</c>.</summary>
internal static class HiddenFiles
{
    /// <param name="relativePath">Forward slashes.</param>
    internal static bool Include(string relativePath) =>
        relativePath.StartsWith('.') || relativePath.Contains("/.") || relativePath.StartsWith("__MACOSX/", StringComparison.Ordinal);
}
