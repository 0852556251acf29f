namespace Tmrvc.Build.Tests.Workflows;

/// <summary>What expressions see of a run, as GitHub fills it in.</summary>
internal sealed record Event
{
    public const string Repository = "team/tmrvc", Commit = "0123456789abcdef0123456789abcdef01234567";
    public const string SharedCache = "https://team.blob.core.windows.net/shared", PullRequestCache = "https://team.blob.core.windows.net/pull-requests";

    public string Name { get; init; } = "push";

    /// <summary>Of the pull request's branch; null for no pull request.</summary>
    public string? HeadRepository { get; init; }

    public string? PackageSet { get; init; }

    public IReadOnlyDictionary<string, string> Inputs { get; init; } = new Dictionary<string, string>();

    public object? Needs { get; init; }

    public object? Steps { get; init; }

    /// <summary>A person starts a workflow and fills in only what they must.</summary>
    public static Event Dispatch(Workflow workflow, params (string Name, string Value)[] inputs)
    {
        var values = workflow.Inputs.Children.ToDictionary(
            input => input.Key.ToString(), input => ((YamlDotNet.RepresentationModel.YamlMappingNode)input.Value).Text("default") ?? "");
        foreach (var (name, value) in inputs)
            values[name] = value;
        return new Event { Name = "workflow_dispatch", Inputs = values };
    }

    /// <summary>For <see cref="GitHub.Values"/>.</summary>
    public object Contexts => new
    {
        github = new
        {
            event_name = Name,
            repository = Repository,
            sha = Commit,
            ref_name = "main",
            token = "the-token",
            @event = new
            {
                pull_request = HeadRepository is null ? null : new { number = 17, head = new { repo = new { full_name = HeadRepository } } },
                release = new { tag_name = "v1.2.0" },
            },
        },
        vars = new { TMRVC_CACHE = SharedCache, TMRVC_PULL_REQUEST_CACHE = PullRequestCache },
        runner = new { temp = "temporary" },
        matrix = new { packages = PackageSet },
        inputs = Inputs,
        needs = Needs,
        steps = Steps,
    };
}
