namespace Tmrvc.ArtifactStore;

/// <summary>Names for files that are not finished: no two writers, in this process or another, are given the same.</summary>
internal static class TemporaryName
{
    private static int _counter;

    /// <summary>In the folder of <paramref name="path"/>, so that a rename from one to the other replaces it as a whole.</summary>
    public static string Beside(string path) => Path.Combine(
        Path.GetDirectoryName(path)!,
        $".{Path.GetFileName(path)}.{Environment.ProcessId}.{Interlocked.Increment(ref _counter)}");

    /// <summary>Removes what a writer left under the name, if anything.</summary>
    public static void Clear(string temporary)
    {
        if (File.Exists(temporary))
            File.Delete(temporary);
    }
}
