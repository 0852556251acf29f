namespace Tmrvc.Features.Tests;

/// <summary>A network's file for one test.</summary>
internal sealed class NetworkFile : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("network");

    internal NetworkFile(byte[] content, string name = "network.onnx")
    {
        Path = System.IO.Path.Combine(_folder.FullName, name);
        File.WriteAllBytes(Path, content);
    }

    internal string Path { get; }

    public void Dispose() => _folder.Delete(recursive: true);
}
