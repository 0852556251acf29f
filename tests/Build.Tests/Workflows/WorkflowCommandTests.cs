using System.Runtime.Versioning;
using Tmrvc.Build.Caches;
using Tmrvc.Build.CommandLine;
using Tmrvc.Build.Tests.Support;

namespace Tmrvc.Build.Tests.Workflows;

/// <summary>What the workflows tell build.sh, as bash splits and expands it.</summary>
[Platform("Linux")]
[UnsupportedOSPlatform("windows")]
public sealed class WorkflowCommandTests
{
    private const string Recorder = "#!/bin/sh\nprintf '%s\\n' \"$@\" >arguments\nprintf '%s' \"$TMRVC_CACHE\" >cache\n";

    [TestCaseSource(nameof(Commands))]
    public void A_command_line_names_options_targets_profiles_and_caches_that_there_are(string workflow, string job, string step, string packageSet)
    {
        var (words, cache) = Recorded(Workflow.Of(workflow)[job][step], packageSet);

        var request = RequestParser.Parse(words.Where(word => !word.StartsWith("--packages=", StringComparison.Ordinal)));

        Assert.That(TaskCatalog.OfThisAssembly().Targets(request.Targets), Is.Not.Empty);
        Assert.That(Path.Combine(Repository.Root, "configs", "profiles", request.Profile + ".yaml"), Does.Exist);
        Assert.That(CacheChoice.Of(request, name => name == CacheChoice.Variable ? cache : null), cache.Length > 0 ? Is.Not.Empty : Is.Empty);
    }

    [TestCase("test")]
    [TestCase("pipeline")]
    public void The_package_set_of_the_matrix_reaches_the_build(string job)
    {
        foreach (var step in Workflow.Of("ci.yml")[job].Steps.Where(step => step.Builds))
            foreach (var packageSet in new[] { "feed", "official" })
                Assert.That(Recorded(step, packageSet).Words, Does.Contain($"--packages={packageSet}"), step.Place);
    }

    [Test]
    public void What_is_proposed_is_built_by_the_two_commands_of_the_readme()
    {
        var readme = File.ReadLines(Path.Combine(Repository.Root, "README.md")).Where(line => line.StartsWith("./build.sh", StringComparison.Ordinal)).Take(2);
        var ci = Workflow.Of("ci.yml");

        string[] ours = [Command(ci["pipeline"]["Run the pipeline"]), Command(ci["test"]["Test"])];

        Assert.That(ours, Is.EqualTo(readme.Select(line => line.Split('#')[0].Trim())));

        static string Command(WorkflowStep step) => string.Join(' ', ["./build.sh", .. Recorded(step, "feed").Words.Where(word => word != "--packages=feed")]);
    }

    [Test]
    public void A_release_is_restored_without_running_anything_and_without_writing_to_the_cache()
    {
        var request = RequestParser.Parse(Recorded(Workflow.Of("reproduce.yml")["restore"]["Restore"], "feed").Words);

        Assert.That((request.Frozen, request.CachesAreReadOnly), Is.EqualTo((true, true)));
        Assert.That(request.Targets, Is.EqualTo(new[] { "Report", "SpeakerEncoder", "Phase0" }), "a target's own outputs are what is put in place");
    }

    /// <summary>By any other name, a slash at its end included, it would be another token, and the one in hand would go unused.</summary>
    [Test]
    public void The_token_that_is_got_early_is_the_one_that_the_blob_client_asks_for()
    {
        var commands = Workflow.All.SelectMany(workflow => workflow.Steps).Where(step => step.Run?.Contains("az ") == true).Select(step => step.Run).ToArray();

        Assert.That(commands, Is.Not.Empty.And.All.EqualTo("az account get-access-token --resource https://storage.azure.com --output none"));
    }

    private static (IReadOnlyList<string> Words, string Cache) Recorded(WorkflowStep step, string packageSet)
    {
        var started = Event.Dispatch(step.Job.Workflow, ("tag", "v1.2.0")) with
        {
            PackageSet = packageSet,
            Needs = new { request = new { outputs = new { slice = "300", left = "12.50" } } },
            Steps = new { cache = new { outputs = new { where = $"{Event.PullRequestCache}/pr/17 {Event.SharedCache}" } } },
        };
        using var script = new Script(step, started.Contexts).WithProgram("build.sh", Recorder);
        var (code, said) = script.Run();
        Assert.That(code, Is.Zero, said);
        return (File.ReadAllLines(Path.Combine(script.Folder, "arguments")).Where(word => word.Length > 0).ToArray(), File.ReadAllText(Path.Combine(script.Folder, "cache")));
    }

    private static IEnumerable<TestCaseData> Commands() =>
        from step in Workflow.All.SelectMany(workflow => workflow.Steps)
        where step.Builds
        from packageSet in step.Job.Workflow.Name == "ci.yml" ? new[] { "feed", "official" } : ["feed"]
        select new TestCaseData(step.Job.Workflow.Name, step.Job.Id, step.Name, packageSet);
}
