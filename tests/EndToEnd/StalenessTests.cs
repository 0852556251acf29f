using System.Text;
using Tmrvc.EndToEnd.Harness;

namespace Tmrvc.EndToEnd;

/// <summary>What a change of the configuration makes stale, and what it does not.</summary>
[Category("EndToEnd")]
public sealed class StalenessTests
{
    private static readonly string[] Phase0AndAfter = ["Phase0", "EvaluatePhase0", "GatePhase0", "Report"];

    private Workspace _workspace = null!;

    [OneTimeSetUp]
    public void Begin() => _workspace = SharedWorkspaces.Done();

    [OneTimeTearDown]
    public void End() => _workspace.Dispose();

    /// <summary>Plans and checks change nothing else.</summary>
    [TearDown]
    public void Undo() => _workspace.ResetConfiguration();

    [Test]
    public void Another_learning_rate_makes_phase_0_and_what_follows_stale_and_nothing_else()
    {
        _workspace.Edit("profiles/mini.yaml", "lr: 2e-3", "lr: 1e-3");

        var plan = _workspace.Plan();

        Assert.That(plan.Stale, Is.EqualTo(Phase0AndAfter));
        Assert.That(plan["Phase0"].Changed, Has.Count.EqualTo(1));
        Assert.That(plan["Phase0"].Changed[0], Is.EqualTo(new PlannedChange(plan["Phase0"].Changed[0].What, "0.002", "0.001")));
        Assert.That(plan["Phase0"].Changed[0].What, Does.EndWith(".Lr").IgnoreCase);
    }

    [Test]
    public void The_explained_plan_shows_the_old_learning_rate_and_the_new()
    {
        _workspace.Edit("profiles/mini.yaml", "lr: 2e-3", "lr: 1e-3");

        var explained = _workspace.Run("--explain").With(code: 0);

        Assert.That(explained.Output, Has.Some.Contains("lr: 0.002 → 0.001").IgnoreCase);
        Assert.That(explained.Ran, Is.Empty);
    }

    [Test]
    public void It_does_not_matter_in_which_file_the_learning_rate_is_written()
    {
        _workspace.Edit("profiles/mini.yaml", "    lr: 2e-3\n", "");
        _workspace.Edit("train_teacher.yaml", "    lr: 2e-4", "    lr: 0.002");
        _workspace.Run("--check").With(code: 0);

        _workspace.Edit("train_teacher.yaml", "    lr: 0.002", "    lr: 0.0021");

        Assert.That(_workspace.Plan().Stale, Is.EqualTo(Phase0AndAfter));
    }

    [Test]
    public void Comments_and_the_order_of_keys_make_nothing_stale()
    {
        foreach (var file in Directory.EnumerateFiles(Path.Combine(_workspace.Root, "configs"), "*.yaml", SearchOption.AllDirectories))
            File.AppendAllText(file, "\n# A remark.\n");
        _workspace.Edit("profiles/mini.yaml", "    frames: 60\n    min_frames: 40\n    lr: 2e-3\n", "    lr: 0.002   # as before\n    min_frames: 40\n    frames: 60\n");
        ReverseSections(Path.Combine(_workspace.Root, "configs", "profiles", "mini.yaml"));

        Assert.That(_workspace.Run("--check").With(code: 0).Ran, Is.Empty);
    }

    [TestCase("--set", "folder.preprocess.workers=1")]
    [TestCase("--set", "features.workers=1")]
    [TestCase("--set", "phases.0.runtime.threads=1")]
    [TestCase("--set", "speaker_encoder.runtime.threads=1")]
    [TestCase("--set", "phases.0.runtime.checkpoint_interval=7")]
    [TestCase("--device", "cpu")]
    [TestCase("--jobs", "1")]
    public void Where_and_how_the_work_runs_makes_nothing_stale(params string[] change)
    {
        _workspace.Run(["--check", .. change]).With(code: 0);
    }

    /// <summary>Turns the order of the top-level sections of a YAML file around.</summary>
    private static void ReverseSections(string path)
    {
        var sections = new List<StringBuilder> { new() };
        foreach (var line in File.ReadLines(path))
        {
            if (line.Length > 0 && char.IsAsciiLetterLower(line[0]))
                sections.Add(new());
            sections[^1].Append(line).Append('\n');
        }
        File.WriteAllText(path, string.Concat(Enumerable.Reverse(sections)));
    }
}
