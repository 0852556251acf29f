using System.Diagnostics;
using Tmrvc.ArtifactStore;
using Tmrvc.BuildGraph;

namespace Tmrvc.Build.Tests.Support;

/// <summary>A checkout under git with this repository's configs/, in which one small stage has run: a large file and a folder of small ones.</summary>
internal sealed class SmallCheckout : IDisposable
{
    public const string Stage = "MelStatistics";

    public SmallCheckout()
    {
        foreach (var file in Repository.Files("*.yaml", "configs"))
            Write(file, File.ReadAllText(Path.Combine(Repository.Root, file)));
        Git("init", "-q", "-b", "main");
    }

    public string Root { get; } = Directory.CreateTempSubdirectory("front-door-").FullName;

    public string Locks => Path.Combine(Root, "artifacts", "lock", "smoke");

    public LocalStore Store => new(Path.Combine(Root, "artifacts", "store"), TimeProvider.System);

    public FrontDoorRun Run(params string[] words) => FrontDoorRun.Of(Root, words);

    /// <summary>Runs the stage, so that store and lock file have it.</summary>
    public async Task<ActionRecord> MakeAsync(int seed)
    {
        var engine = new Engine(new StageGraph([new SmallStage(seed)]), new EngineOptions { Root = Root, Profile = "smoke", Clock = TimeProvider.System });
        return (await engine.Start([Stage], RunOptions.Default, new SilentObserver()).Finished)[Stage].Record!;
    }

    /// <summary>Makes what is here a revision.</summary>
    public void Commit()
    {
        Git("add", "-f", "artifacts/lock");
        Git("-c", "user.name=a", "-c", "user.email=a@b", "commit", "-qm", "a revision");
    }

    /// <summary>Another checkout of the same revision: the lock files and nothing else.</summary>
    public SmallCheckout Clone()
    {
        var clone = new SmallCheckout();
        foreach (var file in Directory.GetFiles(Locks))
            clone.Write(Path.GetRelativePath(Root, file), File.ReadAllText(file));
        return clone;
    }

    public IEnumerable<string> ArtifactTexts() => Directory.EnumerateFiles(Path.Combine(Root, "artifacts"), "*", SearchOption.AllDirectories)
        .Where(path => new FileInfo(path).Length < 1_000_000).Select(File.ReadAllText);

    public void Dispose() => Directory.Delete(Root, recursive: true);

    public void Replace(string path, string old, string with)
    {
        var before = File.ReadAllText(Path.Combine(Root, path));
        Assert.That(before, Does.Contain(old), path);
        Write(path, before.Replace(old, with));
    }

    private void Write(string path, string content)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(Root, path))!);
        File.WriteAllText(Path.Combine(Root, path), content);
    }

    private void Git(params string[] arguments)
    {
        using var process = Process.Start("git", ["-C", Root, .. arguments]);
        process.WaitForExit();
    }

    private sealed class SmallStage(int seed) : ActionStage(Stage)
    {
        public override string Description => "a test's stage";

        public override int Version => seed;

        public override IReadOnlyList<StageInput> Inputs => [];

        public override IReadOnlyList<string> Outputs => ["model.bin", "figures"];

        public override async Task RunAsync(StageRun run, CancellationToken cancellation)
        {
            var bytes = new byte[5_000_000];
            new Random(seed).NextBytes(bytes);
            await File.WriteAllBytesAsync(run.Output("model.bin"), bytes, cancellation);
            Directory.CreateDirectory(run.Output("figures"));
            await File.WriteAllTextAsync(Path.Combine(run.Output("figures"), "a.txt"), $"{seed}", cancellation);
        }
    }
}
