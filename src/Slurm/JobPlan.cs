using System.Text;
using Tmrvc.ArtifactStore;

namespace Tmrvc.Slurm;

/// <summary>
/// The files that jobs work by as they were when the run began: a job that starts hours later reads these, whatever has been edited since.
/// </summary>
/// <param name="Variable">Of the job's environment; names the folder in which they lie.</param>
/// <param name="Files">Name below that folder, content.</param>
public sealed record JobPlan(string Variable, IReadOnlyList<(string Name, string Text)> Files)
{
    /// <summary>Equal for equal files.</summary>
    internal string Name { get; } =
        ContentHash.Of(Encoding.UTF8.GetBytes(string.Concat(Files.Select(file => $"{file.Name}\n{file.Text.Length}\n{file.Text}")))).Short;

    /// <summary>Writes the files, unless they are there, into a folder of this name.</summary>
    /// <returns>Its path.</returns>
    internal string WriteTo(string parent)
    {
        var place = Path.Combine(parent, Name);
        if (Directory.Exists(place))
            return place;
        var unfinished = $"{place}.{Guid.CreateVersion7():N}";
        foreach (var (name, text) in Files)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(unfinished, name))!);
            File.WriteAllText(Path.Combine(unfinished, name), text);
        }
        Directory.Move(unfinished, place);
        return place;
    }
}
