namespace Tmrvc.Audio.Tests.Support;

/// <summary>A folder of one test.</summary>
internal sealed class Folder : IDisposable
{
    private readonly DirectoryInfo directory = Directory.CreateTempSubdirectory("tmrvc-audio-");

    internal string File(string name) => Path.Combine(directory.FullName, name);

    public void Dispose() => directory.Delete(recursive: true);
}
