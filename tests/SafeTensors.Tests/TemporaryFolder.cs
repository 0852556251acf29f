namespace Tmrvc.SafeTensors.Tests;

/// <summary>An empty folder that is gone after the test.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("safetensors");

    internal string this[string name] => Path.Combine(_folder.FullName, name);

    internal IEnumerable<string> Names => Directory.EnumerateFileSystemEntries(_folder.FullName).Select(Path.GetFileName)!;

    public void Dispose() => _folder.Delete(recursive: true);
}
