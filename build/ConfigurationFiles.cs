using Tmrvc.Configuration;

namespace Tmrvc.Build;

/// <summary>Reads the YAML files of a profile into layers: the base files, and over them the profile.</summary>
/// <param name="root">Of the checkout.</param>
/// <param name="folder">Relative to it, or absolute.</param>
public sealed class ConfigurationFiles(string root, string folder = "configs")
{
    private readonly string _folder = Path.GetFullPath(folder, root);

    /// <summary>Each file's content stands at the root of the configuration, except constants and costs, which have sections of their own.</summary>
    private static readonly (string File, string? Section)[] BaseFiles =
    [
        ("constants.yaml", "constants"),
        ("costs.yaml", "costs"),
        ("datasets.yaml", null),
        ("models.yaml", null),
        ("train_teacher.yaml", null),
        ("train_student.yaml", null),
        ("executors.yaml", "executors"),
    ];

    /// <param name="profile">A file of configs/profiles without its ending, or a path, relative to <paramref name="start"/>.</param>
    /// <exception cref="UsageException">A file is missing or cannot be read; lists all.</exception>
    public IReadOnlyList<ConfigurationLayer> Read(string profile, string start)
    {
        var mistakes = new List<string>();
        var overlay = ProfilePath(profile, start);
        if (overlay is null)
            mistakes.Add($"--profile={profile}: unknown profile; {ClosestName.Advice(profile, Profiles())} A path to a YAML file is allowed too.");
        var layers = BaseFiles
            .Select(file => Layer(Path.Combine(_folder, file.File), file.Section, mistakes))
            .Append(overlay is null ? null : Layer(overlay, section: null, mistakes))
            .OfType<ConfigurationLayer>()
            .ToArray();
        return mistakes.Count == 0 ? layers : throw new UsageException(mistakes);
    }

    /// <summary>What <see cref="Read"/> reads, as files of a folder from which it reads the same by the profile's name.</summary>
    /// <exception cref="IOException">A file cannot be read.</exception>
    public IReadOnlyList<(string Name, string Text)> Files(string profile, string start) =>
    [
        .. BaseFiles.Select(file => (file.File, File.ReadAllText(Path.Combine(_folder, file.File)))),
        ($"profiles/{Path.GetFileNameWithoutExtension(profile)}.yaml", File.ReadAllText(ProfilePath(profile, start)!)),
    ];

    /// <summary>What a profile's lock files are filed under: its name, or that of its file, in lower-case letters, digits and hyphens.</summary>
    public static string NameOf(string profile)
    {
        var name = Path.GetFileNameWithoutExtension(profile).ToLowerInvariant();
        return new string([.. name.Select(letter => char.IsAsciiLetterOrDigit(letter) ? letter : '-')]).Trim('-') is { Length: > 0 } plain
            ? plain
            : "profile";
    }

    private string? ProfilePath(string profile, string start)
    {
        var named = Path.Combine(_folder, "profiles", $"{profile}.yaml");
        var given = Path.GetFullPath(profile, start);
        return File.Exists(named) ? named : File.Exists(given) ? given : null;
    }

    private string[] Profiles() => Directory.Exists(Path.Combine(_folder, "profiles"))
        ? [.. Directory.EnumerateFiles(Path.Combine(_folder, "profiles"), "*.yaml").Select(path => Path.GetFileNameWithoutExtension(path)!)]
        : [];

    private ConfigurationLayer? Layer(string path, string? section, List<string> mistakes)
    {
        try
        {
            return new ConfigurationLayer(Named(path), File.ReadAllText(path), section);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            mistakes.Add($"{Named(path)}: {(fault is FileNotFoundException or DirectoryNotFoundException ? "there is no such file; git restore brings it back" : fault.Message)}");
            return null;
        }
    }

    /// <summary>Relative to the root where the file is below it.</summary>
    private string Named(string path) =>
        Path.GetRelativePath(root, path) is var relative && relative.StartsWith("..", StringComparison.Ordinal) ? path : relative.Replace('\\', '/');
}
