namespace Tmrvc.Corpora.Tests;

/// <summary>An empty folder that is gone after the test.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    internal string Root { get; } = Directory.CreateTempSubdirectory("corpora").FullName;

    internal string this[string path] => Path.Combine(Root, path);

    /// <summary>The path, with its folder made.</summary>
    internal string New(string path)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(this[path])!);
        return this[path];
    }

    /// <summary>Every file below, relative, ordered.</summary>
    internal IEnumerable<string> Files => Directory.EnumerateFiles(Root, "*", SearchOption.AllDirectories)
        .Select(path => Path.GetRelativePath(Root, path)).Order(StringComparer.Ordinal);

    public void Dispose() => Directory.Delete(Root, recursive: true);
}
