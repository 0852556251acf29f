using System.Reflection;

namespace Tmrvc.Reporting;

/// <summary>The page's parts, embedded in the assembly.</summary>
internal static class ReportAssets
{
    private static readonly Assembly Assembly = typeof(ReportAssets).Assembly;

    /// <summary>Changes when any part of the page or of its writer does.</summary>
    public static Guid Version => Assembly.ManifestModule.ModuleVersionId;

    /// <summary>Names of the parts in a folder with an extension, ordinal order.</summary>
    public static IReadOnlyList<string> Names(string folder, string extension) =>
        [.. Assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith(folder, StringComparison.Ordinal) && name.EndsWith(extension, StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)];

    public static string Text(string name)
    {
        using var stream = Assembly.GetManifestResourceStream(name) ?? throw new InvalidOperationException($"The report's part '{name}' is not embedded.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
