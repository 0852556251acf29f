using System.Globalization;
using System.Text.Json;
using Tmrvc.Support;

namespace Tmrvc.EndToEnd.Harness;

/// <summary>A workspace whose trainings are jobs on some nodes of a cluster, where no other workspace's are.</summary>
internal sealed class SlurmWorkspace : IDisposable
{
    private readonly SlurmCluster _cluster;

    /// <param name="options">Of sbatch, such as the node.</param>
    public SlurmWorkspace(SlurmCluster cluster, Workspace workspace, params string[] options)
    {
        (_cluster, Workspace) = (cluster, workspace);
        workspace.Variables[cluster.Variable.Name] = cluster.Variable.Value;
        workspace.Edit("executors.yaml", "      time: '12:00:00'", $"      options: ['{string.Join("', '", options)}']");
        workspace.Edit("executors.yaml", "poll_seconds: 5", "poll_seconds: 0.5");
        workspace.Edit("executors.yaml", "warning_seconds: 120", "warning_seconds: 60");
    }

    public Workspace Workspace { get; }

    /// <summary>Checkpoints of phase 1a on the disk, by step.</summary>
    public IReadOnlyList<int> Checkpoints =>
        [.. Harness.Checkpoints.Of(Workspace, "Phase1a").Select(path => int.Parse(Path.GetFileName(path)["step-".Length..], CultureInfo.InvariantCulture)).Order()];

    /// <summary>Folders of what jobs work by.</summary>
    public IReadOnlyList<string> Plans => Directory.Exists(PlanFolder) ? Directory.GetDirectories(PlanFolder) : [];

    private string PlanFolder => Path.Combine(Workspace.Artifacts, "slurm", "plans");

    public FrontDoorProcess Start() => Workspace.Start("--executor=slurm", "--device=cpu");

    /// <summary>Starts a front end and waits until phase 1a, as a job, has left a checkpoint.</summary>
    public FrontDoorProcess StartPhase1a()
    {
        var process = Start();
        Assert.That(process.WaitUntil(() => Checkpoints.Count > 0), Is.True, "a checkpoint of phase 1a");
        return process;
    }

    /// <summary>Whatever happened, the results are those of an undisturbed run, and no stage has two.</summary>
    public void RequireTheOneResult()
    {
        Assert.That(Workspace.Locks, Is.EqualTo(SharedWorkspaces.UndisturbedLocksWithPhase1a));
        Assert.That(RecordsOfPhase1a(), Is.EqualTo(1), "records of phase 1a");
        Assert.That(Workspace.Run("--check").Code, Is.Zero);
        Assert.That(Plans, Is.Empty, "what jobs worked by, after the last has ended");
    }

    /// <summary>Jobs of all workspaces on a node.</summary>
    public Task<string> JobsOn(string node) => _cluster.RunAsync("squeue", "--noheader", "--nodelist", node);

    public void Dispose() => Workspace.Dispose();

    private int RecordsOfPhase1a() => Directory
        .EnumerateFiles(Path.Combine(Workspace.Artifacts, "store", "records"), "*.json", SearchOption.AllDirectories)
        .Count(path => JsonDocument.Parse(File.ReadAllBytes(path)).RootElement.GetProperty("stage").GetString() == "Phase1a");
}
