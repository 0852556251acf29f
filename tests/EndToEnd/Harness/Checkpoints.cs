namespace Tmrvc.EndToEnd.Harness;

internal static class Checkpoints
{
    /// <summary>Folders of the complete checkpoints that a training stage has on the disk.</summary>
    public static IEnumerable<string> Of(Workspace workspace, string stage)
    {
        var runs = new DirectoryInfo(Path.Combine(workspace.Artifacts, "runs", workspace.Profile, stage));
        return runs.Exists
            ? runs.EnumerateDirectories().Select(key => Path.Combine(key.FullName, "checkpoints")).Where(Directory.Exists)
                .SelectMany(folder => Directory.EnumerateDirectories(folder, "step-*"))
            : [];
    }
}
