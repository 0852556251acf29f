using System.Diagnostics;
using System.Text;
using System.Text.Json;

namespace Tmrvc.EndToEnd.Harness;

/// <summary>
/// A temporary checkout as far as the front door is concerned: this repository's configs/, a profile of the tests, data and artifacts
/// of its own.
/// </summary>
internal sealed class Workspace : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(4);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("tmrvc-end-to-end-");

    private Workspace(string profile, TimeSpan limit) => (Profile, Limit) = (profile, limit);

    public string Root => _folder.FullName;

    /// <summary>Given to every front door, and the name of its folder of lock files.</summary>
    public string Profile { get; }

    public string Voices => Path.Combine(Root, "data", "voices");

    public string Artifacts => Path.Combine(Root, "artifacts");

    /// <summary>Of a front door that runs longer than this something is wrong.</summary>
    public TimeSpan Limit { get; }

    /// <summary>Environment variables of its front doors.</summary>
    public Dictionary<string, string> Variables { get; } = [];

    /// <summary>Content of each lock file by stage; it names the stage's key and the hashes of its outputs.</summary>
    public SortedDictionary<string, string> Locks
    {
        get
        {
            var folder = new DirectoryInfo(Path.Combine(Artifacts, "lock", Profile));
            var files = folder.Exists ? folder.GetFiles("*.yaml") : [];
            return new(files.ToDictionary(file => Path.GetFileNameWithoutExtension(file.Name), file => File.ReadAllText(file.FullName)), StringComparer.Ordinal);
        }
    }

    /// <summary>With the configuration of the repository, this profile of the tests, or one of the repository's, and no data.</summary>
    public static Workspace Create(string profile, TimeSpan? limit = null)
    {
        var workspace = new Workspace(profile, limit ?? Patience);
        workspace.ResetConfiguration();
        return workspace;
    }

    /// <summary>An empty folder; whoever asks for it fills it.</summary>
    public static Workspace Empty(string profile) => new(profile, Patience);

    /// <summary>A clone of a repository at one of its commits: configuration and lock files, and nothing else.</summary>
    public static Workspace Clone(string repository, string revision, string profile)
    {
        var workspace = new Workspace(profile, Patience);
        RunTool("git", "clone", "--quiet", repository, workspace.Root);
        RunTool("git", "-C", workspace.Root, "checkout", "--quiet", "--detach", revision);
        return workspace;
    }

    /// <summary>Makes configs/ what it was when the workspace was created.</summary>
    public void ResetConfiguration()
    {
        var configs = Path.Combine(Root, "configs");
        if (Directory.Exists(configs))
            Directory.Delete(configs, recursive: true);
        CopyTree(Path.Combine(Checkout.Root, "configs"), configs);
        foreach (var own in Directory.EnumerateFiles(Path.Combine(AppContext.BaseDirectory, "profiles")))
            File.Copy(own, Path.Combine(configs, "profiles", Path.GetFileName(own)));
    }

    public Workspace Copy()
    {
        var copy = new Workspace(Profile, Limit);
        CopyTree(Root + "/.", copy.Root);
        return copy;
    }

    public FinishedRun Run(params string[] arguments)
    {
        using var process = Start(arguments);
        return process.Finish();
    }

    public FrontDoorProcess Start(params string[] arguments) => StartUnder([], arguments);

    /// <param name="wrapper">A program and arguments that end by running a command, such as <c>setpriv … --</c>.</param>
    public FrontDoorProcess StartUnder(IReadOnlyList<string> wrapper, params string[] arguments) =>
        FrontDoorProcess.Start([.. wrapper, Checkout.FrontDoor(), $"--profile={Profile}", .. arguments], Root, Limit, Variables);

    public Plan Plan(params string[] arguments) => Harness.Plan.Of(Run(["--dryrun", "--json", .. arguments]).With(code: 0));

    /// <summary>Replaces text in a file of configs/, which must hold it exactly once.</summary>
    public void Edit(string file, string old, string replacement)
    {
        var path = Path.Combine(Root, "configs", file);
        var text = File.ReadAllText(path);
        Assert.That(text.Split(old), Has.Length.EqualTo(2), $"places in {file} that read '{old}'");
        File.WriteAllText(path, text.Replace(old, replacement));
    }

    /// <summary>The action record behind the stage's lock file.</summary>
    public JsonElement Record(string stage)
    {
        var key = Locks[stage].Split('\n')[0]["key: ".Length..];
        return JsonDocument.Parse(File.ReadAllBytes(Path.Combine(Artifacts, "store", "records", key[..2], key[2..] + ".json"))).RootElement;
    }

    public double Metric(string stage, string name) => Record(stage).GetProperty("metrics").GetProperty(name).GetDouble();

    /// <summary>An output's hash in the stage's lock file.</summary>
    public string OutputHash(string stage, string output) => HashIn(Locks[stage], output);

    /// <summary>An output's hash in the text of a lock file.</summary>
    public static string HashIn(string locked, string output) =>
        locked.Split('\n').Single(line => line.StartsWith($"  {output}: ", StringComparison.Ordinal))[(output.Length + 4)..];

    /// <summary>An output of a stage that is a file, by the hash in its lock file.</summary>
    public byte[] OutputBytes(string stage, string output)
    {
        var hash = OutputHash(stage, output);
        return File.ReadAllBytes(Path.Combine(Artifacts, "store", "objects", hash[..2], hash[2..]));
    }

    public string OutputText(string stage, string output) => Encoding.UTF8.GetString(OutputBytes(stage, output));

    public void Dispose()
    {
        if (!_folder.Exists)
            return;
        RunTool("chmod", "-R", "u+w", Root);
        _folder.Delete(recursive: true);
    }

    public static void CopyTree(string from, string to) => RunTool("cp", "-a", "--reflink=auto", from, to);

    private static void RunTool(string program, params string[] arguments)
    {
        using var process = Process.Start(program, arguments);
        process.WaitForExit();
        Assert.That(process.ExitCode, Is.Zero, $"{program} {string.Join(' ', arguments)}");
    }
}
