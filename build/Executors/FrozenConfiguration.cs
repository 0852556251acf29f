using Tmrvc.ArtifactStore;

namespace Tmrvc.Build.Executors;

/// <summary>
/// The YAML files of a request as they were when it was made, in a folder named by their content: a job that starts hours later works
/// by them, whatever has been edited since.
/// </summary>
internal static class FrozenConfiguration
{
    /// <param name="files">Name below the folder, content.</param>
    /// <param name="folder">Absolute; holds the folders of all requests.</param>
    /// <returns>Absolute path.</returns>
    public static string Keep(IReadOnlyList<(string Name, string Text)> files, string folder)
    {
        var content = string.Concat(files.Select(file => $"{file.Name}\n{file.Text.Length}\n{file.Text}"));
        var place = Path.Combine(folder, ContentHash.Of(System.Text.Encoding.UTF8.GetBytes(content)).Short);
        if (Directory.Exists(place))
            return place;
        var unfinished = $"{place}.{Environment.ProcessId}";
        foreach (var (name, text) in files)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(unfinished, name))!);
            File.WriteAllText(Path.Combine(unfinished, name), text);
        }
        Directory.Move(unfinished, place);
        return place;
    }
}
