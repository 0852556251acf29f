using System.Runtime.Versioning;

namespace Tmrvc.Build.Tests.Workflows;

[Platform("Linux")]
[UnsupportedOSPlatform("windows")]
public sealed class TrainWorkflowTests
{
    private static readonly Workflow Train = Workflow.Of("train.yml");

    [TestCase("", 0, "done")]
    [TestCase("exit 75", 0, "preempted")]
    [TestCase("exit 1", 1, "failed")]
    [TestCase("exit 2", 2, "failed")]
    public void The_exit_code_of_the_build_decides_the_outcome(string build, int code, string outcome)
    {
        Assert.That(RunSlice($"#!/bin/bash\n{build}\n", "1h"), Is.EqualTo((code, outcome)));
    }

    [Test]
    public void At_the_end_of_a_slice_the_build_may_save_and_is_preempted()
    {
        Assert.That(RunSlice("#!/bin/bash\ntrap 'touch saved; exit 75' TERM\nsleep 20 & wait\n", "2s"), Is.EqualTo((0, "preempted")));
    }

    [TestCase("success", "preempted", false, true)]
    [TestCase("failure", "", false, true)]
    [TestCase("cancelled", "", false, true)]
    [TestCase("success", "done", false, false)]
    [TestCase("failure", "done", false, false)]
    [TestCase("failure", "failed", false, false)]
    [TestCase("skipped", "", false, false)]
    [TestCase("success", "preempted", true, false)]
    [TestCase("cancelled", "", true, false)]
    public void It_goes_on_after_a_preemption_and_after_nothing_else(string result, string outcome, bool isCancelled, bool goesOn)
    {
        var needs = new { request = new { result = "success" }, train = new { result, outputs = new { outcome } } };

        var value = GitHub.Values([Train["go-on"].Node.Text("if")!], (Event.Dispatch(Train) with { Needs = needs }).Contexts, isCancelled);

        Assert.That(value, Is.EqualTo(new[] { goesOn ? "true" : "false" }));
    }

    [TestCase("preempted", "", "preempted")]
    [TestCase("", "failed", "failed")]
    [TestCase("", "", "")]
    public void A_machine_that_vanished_leaves_no_outcome_and_trouble_before_the_training_does(string train, string trouble, string expected)
    {
        var steps = new { train = new { outputs = new { outcome = train } }, trouble = new { outputs = new { outcome = trouble } } };

        var value = GitHub.Values([Train["train"].Node.Map("outputs").Text("outcome")!], (Event.Dispatch(Train) with { Steps = steps }).Contexts);

        Assert.That(value, Is.EqualTo(new[] { expected }));
    }

    [TestCase(1)]
    [TestCase(3)]
    [TestCase(100)]
    public void A_chain_of_preemptions_ends_after_the_allowed_number_of_tries(int tries)
    {
        var (attempt, started) = (1, new List<IReadOnlyDictionary<string, string>>());
        while (TryAgain(attempt, tries) is { } next && started.Count <= tries)
        {
            started.Add(next);
            attempt += tries > 10 ? 33 : 1; // of a long chain only some links
        }

        Assert.That(attempt, Is.EqualTo(tries));
        Assert.That(started.Select(next => next["tries"]), Is.All.EqualTo($"{tries}"));
        Assert.That(started.Select(next => next["revision"]), Is.All.EqualTo(Event.Commit), "the same revision each time");
    }

    [Test]
    public void The_next_try_is_asked_for_what_this_one_was_and_counts_one_more()
    {
        var next = TryAgain(attempt: 2, tries: 5)!;

        Assert.That(next["try"], Is.EqualTo("3"));
        Assert.That((next["target"], next["profile"]), Is.EqualTo(("Report", "full")));
        Assert.That(next.Keys, Is.EquivalentTo(Train.Inputs.Children.Keys.Select(input => input.ToString())));
    }

    [TestCase(0, "298", "298")]
    [TestCase(200, "298", "498")]
    [TestCase(0, "", "300")]
    [TestCase(302, "298", null)]
    [TestCase(300, "", null)]
    public void What_a_try_took_is_taken_from_the_hours_and_nothing_starts_when_they_are_spent(int spent, string minutes, string? next)
    {
        Assert.That(TryAgain(1, 5, spent, minutes)?["spent"], Is.EqualTo(next));
    }

    [Test]
    public void The_build_is_refused_a_plan_beyond_the_hours_that_are_left_and_says_what_it_took()
    {
        var needs = new { request = new { outputs = new { slice = "300", left = "12.50" } } };
        using var script = new Script(Train["train"]["Train"], (Event.Dispatch(Train) with { Needs = needs }).Contexts).WithProgram("build.sh", "#!/bin/bash\necho \"$@\"\nsleep 1\n");

        Assert.That(script.Run().Said, Does.EndWith(" --max-hours=12.50\n"));
        Assert.That(script.Outputs["minutes"], Is.EqualTo("1"));
    }

    [Test]
    public void One_profile_is_trained_by_one_run_at_a_time()
    {
        var group = Train.Root.Map("concurrency").Text("group")!;

        var groups = new[] { "full", "smoke" }.Select(profile => GitHub.Values([group], Event.Dispatch(Train, ("profile", profile), ("try", "7")).Contexts)[0]);

        Assert.That(groups, Is.EqualTo(new[] { "train-full", "train-smoke" }));
    }

    private static (int Code, string Outcome) RunSlice(string build, string slice)
    {
        using var script = new Script(Train["train"]["Train"], Event.Dispatch(Train).Contexts).WithProgram("build.sh", build).With("SLICE", slice);
        return (script.Run().Code, script.Outputs["outcome"]);
    }

    /// <param name="spent">Minutes of earlier tries, of ten hours.</param>
    /// <param name="minutes">Of this one; nothing when its machine vanished.</param>
    /// <returns>Inputs of the run it starts; null when it refuses.</returns>
    private static Dictionary<string, string>? TryAgain(int attempt, int tries, int spent = 0, string minutes = "1")
    {
        var needs = new { request = new { outputs = new { revision = Event.Commit, slice = "300" } }, train = new { outputs = new { minutes } } };
        var contexts = (Event.Dispatch(Train, ("try", $"{attempt}"), ("tries", $"{tries}"), ("hours", "10"), ("spent", $"{spent}")) with { Needs = needs }).Contexts;
        using var script = new Script(Train["go-on"]["Start the next try"], contexts).WithCommand("gh", "#!/bin/sh\nprintf '%s\\n' \"$@\" >asked\n");
        var (code, said) = script.Run();
        var asked = Path.Combine(script.Folder, "asked");
        Assert.That(code, Is.EqualTo(File.Exists(asked) ? 0 : 1), said);
        if (!File.Exists(asked))
            return null;
        var words = File.ReadAllLines(asked);
        Assert.That(words.Take(5), Is.EqualTo(new[] { "workflow", "run", "train.yml", "--ref", "main" }));
        return words.Skip(5).Where(word => word != "--raw-field").Select(word => word.Split('=', 2)).ToDictionary(pair => pair[0], pair => pair[1]);
    }
}
