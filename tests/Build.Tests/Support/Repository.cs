namespace Tmrvc.Build.Tests.Support;

/// <summary>The checkout the tests were built from.</summary>
internal static class Repository
{
    public static string Root { get; } = RootAround(TestContext.CurrentContext.TestDirectory);

    /// <summary>Paths relative to the root, forward slashes, without build outputs.</summary>
    public static IEnumerable<string> Files(string pattern, params string[] folders) => folders
        .Select(folder => Path.Combine(Root, folder))
        .SelectMany(folder => Directory.EnumerateFiles(folder, pattern, SearchOption.AllDirectories))
        .Select(path => Path.GetRelativePath(Root, path).Replace('\\', '/'))
        .Where(path => !path.Split('/').Any(part => part is "bin" or "obj" or "node_modules"))
        .Order(StringComparer.Ordinal);

    private static string RootAround(string folder) =>
        File.Exists(Path.Combine(folder, "Tmrvc.slnx")) ? folder : RootAround(Path.GetDirectoryName(folder)!);
}
