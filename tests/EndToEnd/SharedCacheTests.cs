using System.Security.Cryptography;
using Tmrvc.EndToEnd.Harness;

namespace Tmrvc.EndToEnd;

/// <summary>Artifacts travel: what one machine has computed no other computes again.</summary>
[Category("EndToEnd")]
public sealed class SharedCacheTests
{
    private Team _team = null!;
    private FinishedRun[] _ends = [];
    private SortedDictionary<string, string>[] _locks = [];
    private string _first = null!;

    /// <summary>Two machines with the same recordings and the same, empty cache begin at the same time.</summary>
    [OneTimeSetUp]
    public async Task BeginTogether()
    {
        _team = await Team.CreateAsync();
        _team.Join(SharedWorkspaces.WithCorpus());
        var other = _team.Join(SharedWorkspaces.WithCorpus());
        using var one = Machine.Start();
        using var two = other.Start();
        _ends = [one.Finish().With(code: 0), two.Finish().With(code: 0)];
        _locks = [Machine.Locks, other.Locks];
        _first = _team.Commit(Machine);
    }

    [OneTimeTearDown]
    public async Task End() => await _team.DisposeAsync();

    [Test]
    public void Two_machines_that_begin_at_once_run_each_stage_once_in_total()
    {
        Assert.That(_ends.SelectMany(end => end.Ran), Is.EquivalentTo(SharedWorkspaces.Stages));
        Assert.That(_locks, Is.All.EqualTo(SharedWorkspaces.UndisturbedLocks));
    }

    [Test]
    public void A_clone_and_the_cache_are_enough_for_the_artifacts_of_a_revision()
    {
        var clone = _team.Clone(_first);

        var restored = clone.Run("--frozen", "--target=Report").With(code: 0);

        Assert.That(restored.Ran, Is.Empty);
        Assert.That(clone.Locks, Is.EqualTo(SharedWorkspaces.UndisturbedLocks));
        Assert.That(HashOf(clone.OutputText("Report", "content.json")), Is.EqualTo(clone.OutputHash("Report", "content.json")));
        Assert.That(Directory.GetDirectories(Path.Combine(clone.Artifacts, "store", "entries")), Has.Length.EqualTo(1), "sets of outputs put in place");
    }

    [Test]
    public void Everything_that_the_lock_files_name_is_pulled_with_the_bytes_they_name()
    {
        var clone = _team.Clone(_first);

        clone.Run("--target=Pull").With(code: 0);

        var objects = Directory.GetFiles(Path.Combine(clone.Artifacts, "store", "objects"), "*", SearchOption.AllDirectories);
        Assert.That(objects, Has.Length.GreaterThan(SharedWorkspaces.Utterances));
        Assert.That(objects.Where(path => HashOf(File.ReadAllBytes(path)) != Path.GetFileName(Path.GetDirectoryName(path)) + Path.GetFileName(path)), Is.Empty);
        clone.Run("--frozen", "--target=Phase0", "--cache=off").With(code: 0);
        Assert.That(HashOf(clone.OutputBytes("Phase0", "model.safetensors")), Is.EqualTo(clone.OutputHash("Phase0", "model.safetensors")));
    }

    [Test]
    public void A_changed_value_and_the_value_before_are_both_hits_and_each_commit_restores_its_own_artifacts()
    {
        Machine.Edit("profiles/mini.yaml", "  steps: 2\n", "  steps: 3\n");
        Assert.That(Machine.Run().With(code: 0).Ran, Is.EqualTo(new[] { "EvaluatePhase0", "GatePhase0", "Report" }).Or.EqualTo(new[] { "EvaluatePhase0", "Report" }));
        var (second, changed) = (_team.Commit(Machine), Machine.Locks);
        var clone = _team.Clone(second);
        Workspace.CopyTree(Machine.Voices, Directory.CreateDirectory(Path.GetDirectoryName(clone.Voices)!).FullName);

        foreach (var (steps, locks) in new[] { (3, changed), (2, SharedWorkspaces.UndisturbedLocks), (3, changed) })
        {
            clone.Edit("profiles/mini.yaml", $"  steps: {StepsOf(clone)}\n", $"  steps: {steps}\n");
            Assert.That(clone.Run().With(code: 0).Ran, Is.Empty, $"{steps} steps");
            Assert.That(clone.Locks, Is.EqualTo(locks), $"{steps} steps");
        }

        var third = _team.Clone(_first);
        Assert.That(third.Run("--frozen", "--target=Report").With(code: 0).Ran, Is.Empty);
        Assert.That(HashOf(third.OutputText("Report", "content.json")), Is.EqualTo(Workspace.HashIn(SharedWorkspaces.UndisturbedLocks["Report"], "content.json")));
    }

    [Test]
    public void A_training_that_was_preempted_goes_on_on_another_machine_to_the_same_bytes()
    {
        var (first, second) = (_team.Join(SharedWorkspaces.BeforePhase0()), _team.Join(SharedWorkspaces.BeforePhase0()));
        string[] longer = ["--set", "phases.0.steps=48", "--target=Phase0"];
        using var process = first.Start(longer);
        Assert.That(process.WaitUntil(() => Checkpoints.Of(first, "Phase0").Any()), Is.True, "a checkpoint of phase 0");
        process.Terminate();
        process.Finish().With(code: 75);

        var resumed = second.Run(longer).With(code: 0);

        Assert.That(resumed.ResumedAt("Phase0"), Has.Count.EqualTo(1));
        Assert.That(first.Run(longer).With(code: 0).Ran, Is.Empty, "the first machine restores what the second has finished");
    }

    [Test]
    public async Task A_pull_request_reads_the_shared_cache_and_writes_to_its_own_namespace_alone()
    {
        var machine = _team.Clone(_first);
        Workspace.CopyTree(Machine.Voices, Directory.CreateDirectory(Path.GetDirectoryName(machine.Voices)!).FullName);
        var own = await _team.ProposeAsync(machine);
        var shared = Team.Blobs(_team.Cache);
        machine.Edit("profiles/mini.yaml", "  loss_utterances: 2\n", "  loss_utterances: 1\n");

        var run = machine.Run().With(code: 0);

        Assert.That(run.Ran, Does.Contain("EvaluatePhase0").And.Not.Contain("Phase0"));
        Assert.That(Team.Blobs(_team.Cache), Is.EqualTo(shared), "the shared cache");
        Assert.That(Team.Blobs(own), Is.Not.Empty.And.All.StartWith("pr/17/"));
        Assert.That(run.Everything, Does.Not.Contain("sig="));
    }

    /// <summary>One of the two.</summary>
    private Workspace Machine => _team.Machines[0];

    private static int StepsOf(Workspace workspace) =>
        File.ReadAllText(Path.Combine(workspace.Root, "configs", "profiles", "mini.yaml")).Contains("  steps: 3\n") ? 3 : 2;

    private static string HashOf(string text) => HashOf(System.Text.Encoding.UTF8.GetBytes(text));

    private static string HashOf(byte[] bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));
}
