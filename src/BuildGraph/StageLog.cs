using Tmrvc.ArtifactStore;

namespace Tmrvc.BuildGraph;

/// <summary><c>log.txt</c> in the run folder of a stage and key: what it told, and what ended it.</summary>
internal static class StageLog
{
    public static string In(string runFolder) => Path.Combine(runFolder, "log.txt");

    /// <summary>Adds what ended the stage. Where that cannot be written, such as on a full disk, the run has still told it.</summary>
    public static void Add(string runFolder, string text)
    {
        try
        {
            if (Directory.Exists(runFolder))
                File.AppendAllText(In(runFolder), text + "\n");
        }
        catch (Exception fault) when (StorageException.Concerns(fault))
        {
        }
    }
}
