using System.Runtime.Versioning;

namespace Tmrvc.Build.Tests.Workflows;

[Platform("Linux")]
[UnsupportedOSPlatform("windows")]
public sealed class CiWorkflowTests
{
    private const string Fork = "stranger/tmrvc";

    private static readonly WorkflowJob Pipeline = Workflow.Of("ci.yml")["pipeline"];

    [Test]
    public void What_is_merged_reads_and_writes_the_shared_cache()
    {
        Assert.That(Cache(new Event()), Is.EqualTo(Event.SharedCache));
    }

    [Test]
    public void A_pull_request_writes_to_its_own_namespace_and_only_reads_the_shared_cache()
    {
        Assert.That(Cache(PullRequest(Event.Repository)), Is.EqualTo($"{Event.PullRequestCache}/pr/17 {Event.SharedCache}"));
    }

    [Test]
    public void The_pull_request_of_a_fork_has_no_cache()
    {
        Assert.That(Cache(PullRequest(Fork)), Is.EqualTo("off"));
        Assert.That(Cache(PullRequest(Fork), identity: null), Is.EqualTo("off"));
    }

    [Test]
    public void Without_the_right_to_an_identity_there_is_no_cache()
    {
        Assert.That(Cache(PullRequest(Event.Repository), identity: null), Is.EqualTo("off"));
    }

    [Test]
    public void A_repository_without_the_variables_has_no_cache()
    {
        Assert.That(Cache(new Event(), ("SHARED", "")), Is.EqualTo("off"));
        Assert.That(Cache(PullRequest(Event.Repository), ("PULL_REQUESTS", "")), Is.EqualTo(Event.SharedCache));
    }

    [Test]
    public void Only_what_is_merged_logs_in_as_the_trusted_identity()
    {
        var client = Pipeline["Log in to Azure"].Node.Map("with").Text("client-id")!;
        var vars = new { AZURE_TRUSTED_CLIENT_ID = "trusted", AZURE_PULL_REQUEST_CLIENT_ID = "proposed" };

        Assert.That(GitHub.Values([client], new { github = new { event_name = "push" }, vars }), Is.EqualTo(new[] { "trusted" }));
        Assert.That(GitHub.Values([client], new { github = new { event_name = "pull_request" }, vars }), Is.EqualTo(new[] { "proposed" }));
    }

    [TestCase("off", "false")]
    [TestCase(Event.SharedCache, "true")]
    public void Without_a_cache_nobody_logs_in(string where, string expected)
    {
        var conditions = Pipeline.Steps.Where(step => step.Run?.Contains("az ") == true || step.IsAction("azure/login")).Select(step => step.Condition!).ToArray();

        Assert.That(conditions, Has.Length.EqualTo(2));
        Assert.That(GitHub.Values(conditions, new Event { Steps = new { cache = new { outputs = new { where } } } }.Contexts), Is.All.EqualTo(expected));
    }

    private static Event PullRequest(string headRepository) => new() { Name = "pull_request", HeadRepository = headRepository };

    private static string Cache(Event cause, params (string Name, string Value)[] changes) => Cache(cause, "https://identity", changes);

    /// <param name="identity">Where an identity is had; GitHub gives the address only to jobs with the right to one.</param>
    private static string Cache(Event cause, string? identity, params (string Name, string Value)[] changes)
    {
        using var script = new Script(Pipeline["Choose the cache"], cause.Contexts).With("ACTIONS_ID_TOKEN_REQUEST_URL", identity);
        foreach (var (name, value) in changes)
            script.With(name, value);
        var (code, said) = script.Run();
        Assert.That(code, Is.Zero, said);
        return script.Outputs["where"];
    }
}
