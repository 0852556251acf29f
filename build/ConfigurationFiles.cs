using Tmrvc.Configuration;

namespace Tmrvc.Build;

/// <summary>Reads the YAML files of a profile into layers: the base files, over them the profiles that it extends, and over these itself.</summary>
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

    /// <summary>Lowest first: the base files, the profiles that the profile extends, and itself.</summary>
    /// <param name="profile">A file of configs/profiles without its ending, or a path, relative to <paramref name="start"/>.</param>
    /// <exception cref="UsageException">A file is missing or cannot be read, or a profile extends an unknown one or itself; lists all.</exception>
    public IReadOnlyList<ConfigurationLayer> Read(string profile, string start)
    {
        var mistakes = new List<string>();
        var layers = BaseFiles
            .Select(file => Layer(Path.Combine(_folder, file.File), file.Section, mistakes))
            .OfType<ConfigurationLayer>()
            .ToList();
        mistakes.AddRange(layers.Where(layer => layer.Section is null).Select(ProfileExtension.Of).OfType<ProfileExtension>()
            .Select(extension => $"{extension.Position}: extends: found '{extension.Name}'; only a profile can extend another"));
        layers.AddRange(Lineage(profile, start, mistakes));
        return mistakes.Count == 0 ? layers : throw new UsageException(mistakes);
    }

    /// <summary>What <see cref="Read"/> reads, as files of a folder from which it reads the same by the profile's name.</summary>
    /// <exception cref="UsageException">As for <see cref="Read"/>.</exception>
    public IReadOnlyList<(string Name, string Text)> Files(string profile, string start) =>
    [
        .. Read(profile, start).Select((layer, place) => place < BaseFiles.Length
            ? (Path.GetFileName(layer.Source), layer.Yaml)
            : ($"profiles/{Path.GetFileNameWithoutExtension(layer.Source)}.yaml", layer.Yaml)),
    ];

    /// <summary>Changes of <c>--set</c> that come too late: the files have been chosen by then.</summary>
    public static IEnumerable<string> MistakesOf(IEnumerable<string> overrides) => overrides
        .Where(change => change.Split('=')[0] == ProfileExtension.Key)
        .Select(change => $"--set {change}: only a profile's file can extend another; choose the profile by --profile={change.Split('=')[^1]}");

    /// <summary>What a profile's lock files are filed under: its name, or that of its file, in lower-case letters, digits and hyphens.</summary>
    public static string NameOf(string profile)
    {
        var name = Path.GetFileNameWithoutExtension(profile).ToLowerInvariant();
        return new string([.. name.Select(letter => char.IsAsciiLetterOrDigit(letter) ? letter : '-')]).Trim('-') is { Length: > 0 } plain
            ? plain
            : "profile";
    }

    /// <summary>The profile after those that it extends; as far as they could be found, with a mistake added where not.</summary>
    private List<ConfigurationLayer> Lineage(string profile, string start, List<string> mistakes)
    {
        var path = ProfilePath(profile, start);
        if (path is null)
            mistakes.Add($"--profile={profile}: unknown profile; {ClosestName.Advice(profile, Profiles())} A path to a YAML file is allowed too.");
        var (paths, layers) = (new List<string>(), new List<ConfigurationLayer>());
        while (path is not null && Layer(path, section: null, mistakes) is { } layer)
        {
            paths.Add(path);
            layers.Insert(0, layer);
            path = ProfileExtension.Of(layer) is { } extension ? Extended(extension, paths, mistakes) : null;
        }
        return layers;
    }

    /// <summary>The file that a profile extends: one of configs/profiles, or else one beside it; null, with a mistake added, when it can be none.</summary>
    /// <param name="above">The files from the chosen profile down to the one that has the key.</param>
    private string? Extended(ProfileExtension extension, List<string> above, List<string> mistakes)
    {
        var (name, file) = (extension.Name, $"{extension.Name}.yaml");
        string[] places = [Path.Combine(_folder, "profiles", file), Path.Combine(Path.GetDirectoryName(above[^1])!, file)];
        var path = Path.GetFileName(name) == name ? Array.Find(places, File.Exists) : null;
        string[] names = [.. above.Select(NameOf)];
        if (path is null)
            mistakes.Add($"{extension.Position}: extends: found '{name}', an unknown profile; {ClosestName.Advice(name, Profiles())}");
        else if (above.Contains(path))
            mistakes.Add($"{extension.Position}: extends: found '{name}', which extends itself: {string.Join(" → ", names.Append(NameOf(path)))}. Known: {string.Join(", ", Profiles().Order(StringComparer.Ordinal))}.");
        else if (names.Contains(NameOf(path)))
            mistakes.Add($"{extension.Position}: extends: found '{name}', and results of {Named(above[Array.IndexOf(names, NameOf(path))])} are filed under that name too; rename that file");
        else
            return path;
        return null;
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
