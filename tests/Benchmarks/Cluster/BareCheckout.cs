namespace Tmrvc.Benchmarks.Cluster;

/// <summary>
/// What a front door takes for its checkout: the repository's configs/ and downloads, and artifacts of its own. TMRVC_BENCHMARK_PROFILE and
/// TMRVC_BENCHMARK_TARGET choose less than the whole smoke profile, to try a benchmark.
/// </summary>
internal sealed record BareCheckout(string Root)
{
    private const string PackageSet = "feed";

    public static string Profile { get; } = Environment.GetEnvironmentVariable("TMRVC_BENCHMARK_PROFILE") ?? "smoke";

    private static string Target { get; } = Environment.GetEnvironmentVariable("TMRVC_BENCHMARK_TARGET") ?? "Default";

    /// <summary>Environment of its front doors.</summary>
    public IReadOnlyDictionary<string, string> Variables { get; } = new Dictionary<string, string>
    {
        ["TMRVC_ROOT"] = Root,
        ["TMRVC_PACKAGE_SET"] = PackageSet,
        ["TMRVC_CACHE"] = "",
    };

    /// <summary>Lock files of the profile by stage.</summary>
    public SortedDictionary<string, string> Locks => LocksOf(Root);

    /// <param name="repository">Its archives in data/raw are shared, not copied.</param>
    /// <param name="folder">In which it is made.</param>
    public static BareCheckout Create(string repository, string folder)
    {
        var root = Directory.CreateDirectory(Path.Combine(folder, Guid.CreateVersion7().ToString("N"))).FullName;
        foreach (var file in Directory.EnumerateFiles(Path.Combine(repository, "configs"), "*", SearchOption.AllDirectories))
        {
            var copy = Path.Combine(root, Path.GetRelativePath(repository, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }
        Directory.CreateDirectory(Path.Combine(root, "data"));
        Directory.CreateSymbolicLink(Path.Combine(root, "data", "raw"), Directory.CreateDirectory(Path.Combine(repository, "data", "raw")).FullName);
        return new BareCheckout(root);
    }

    public static SortedDictionary<string, string> LocksOf(string root)
    {
        var folder = new DirectoryInfo(Path.Combine(root, "artifacts", "lock", Profile));
        var files = folder.Exists ? folder.GetFiles("*.yaml") : [];
        return new(files.ToDictionary(file => Path.GetFileNameWithoutExtension(file.Name), file => File.ReadAllText(file.FullName)), StringComparer.Ordinal);
    }

    /// <summary>Stages whose lock files here are not those of the repository.</summary>
    public string[] OtherThan(string repository)
    {
        var expected = LocksOf(repository);
        return [.. Locks.Where(stage => expected.GetValueOrDefault(stage.Key) != stage.Value).Select(stage => stage.Key)];
    }

    /// <summary>The front door of the repository, built when its sources have changed, and what it is to do.</summary>
    public static async Task<IReadOnlyList<string>> CommandAsync(string repository, CancellationToken cancellation)
    {
        await new WholeProcess(repository, Path.Combine(repository, "build.sh"), "--version").RunAsync(cancellation);
        return [Path.Combine(repository, ".build", PackageSet, "front-door", "Tmrvc.Build"), $"--profile={Profile}", $"--target={Target}"];
    }
}
