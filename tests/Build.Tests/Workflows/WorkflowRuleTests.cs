using Tmrvc.Build.Tests.Workflows.Rules;

namespace Tmrvc.Build.Tests.Workflows;

public sealed class WorkflowRuleTests
{
    /// <summary>Keeps every rule.</summary>
    private const string Sample = """
        name: sample
        on:
          push:
          workflow_dispatch:
            inputs:
              target: {type: string, default: Report}
        permissions: {}
        concurrency:
          group: sample-${{ github.ref }}
          cancel-in-progress: false
        defaults:
          run: {shell: bash}
        jobs:
          build:
            runs-on: ubuntu-24.04
            container:
              image: debian:bookworm@sha256:f37a335e82bca302e955fa39f9dfe28f1be618f016f8a2b56318e5a5111afc26
            timeout-minutes: 5
            permissions:
              contents: read
            strategy:
              matrix:
                packages: [feed, official]
            outputs:
              made: ${{ steps.make.outputs.made }}
            steps:
              - uses: actions/checkout@3d3c42e5aac5ba805825da76410c181273ba90b1 # v7.0.1
                with: {persist-credentials: false}
              - name: Make
                id: make
                env:
                  PACKAGES: ${{ matrix.packages }}
                  TARGET: ${{ inputs.target }}
                run: |
                  ./build.sh --packages="$PACKAGES" --target="$TARGET"
                  echo "made=yes" >>"$GITHUB_OUTPUT"
          publish:
            needs: build
            if: ${{ needs.build.outputs.made == 'yes' }}
            runs-on: ubuntu-24.04
            timeout-minutes: 5
            permissions:
              contents: write
            steps:
              - name: Publish
                env:
                  GH_TOKEN: ${{ github.token }}
                run: gh release upload v1 page.html
        """;

    [TestCaseSource(nameof(Files))]
    public void A_workflow_keeps_every_rule(string name)
    {
        Assert.That(WorkflowRules.Mistakes(Workflow.Of(name)), Is.Empty);
    }

    [TestCaseSource(nameof(Files))]
    public void GitHub_accepts_a_workflow(string name)
    {
        Assert.That(GitHub.Mistakes(name, Workflow.Of(name).Text), Is.Empty);
    }

    [Test]
    public void There_are_the_three_workflows()
    {
        Assert.That(Workflow.All.Select(workflow => workflow.Name), Is.EqualTo(new[] { "ci.yml", "reproduce.yml", "train.yml" }));
    }

    [Test]
    public void The_sample_keeps_every_rule()
    {
        Assert.That(WorkflowRules.Mistakes(Workflow.Parse("sample.yml", Sample)), Is.Empty);
        Assert.That(GitHub.Mistakes("sample.yml", Sample), Is.Empty);
    }

    [TestCase("persist-credentials: false", "persist-credential: false", "leaves the token in .git")]
    [TestCase("with: {persist-credentials: false}", "with: {token: '${{ github.token }}', persist-credentials: false}", "has the token in a job that executes")]
    [TestCase("@3d3c42e5aac5ba805825da76410c181273ba90b1 # v7.0.1", "@v7 # v7.0.1", "'actions/checkout@v7' found")]
    [TestCase("@3d3c42e5aac5ba805825da76410c181273ba90b1 # v7.0.1", "@3d3c42e5aac5ba805825da76410c181273ba90b1", "with the release as a comment is allowed")]
    [TestCase("@sha256:f37a335e82bca302e955fa39f9dfe28f1be618f016f8a2b56318e5a5111afc26", "", "container 'debian:bookworm' found")]
    [TestCase("permissions: {}", "permissions: {contents: read}", "permissions: {} is expected at the top")]
    [TestCase("permissions: {}", "permissions: write-all", "permissions: {} is expected at the top")]
    [TestCase("    permissions:\n      contents: read\n", "", "job build: says no permissions")]
    [TestCase("contents: read", "contents: write", "job build: may write contents: it executes files of the repository")]
    [TestCase("contents: read", "contents: all", "'all' found; read and write are allowed")]
    [TestCase("contents: write", "contents: write\n      id-token: write", "may write id-token: it logs in nowhere")]
    [TestCase("contents: write", "contents: write\n      actions: write", "may write actions: it starts no workflow")]
    [TestCase("contents: write", "contents: write\n      packages: write", "may write packages: no job needs it")]
    [TestCase("gh release upload v1 page.html", "echo published", "may write contents: it writes nothing")]
    [TestCase("  push:\n", "  push:\n  pull_request:\n", "may write contents: a pull request could use it")]
    [TestCase("${{ github.token }}", "${{ secrets.DEPLOY }}", "'secrets.DEPLOY' found")]
    [TestCase("  push:\n", "  push:\n  pull_request_target:\n", "starts on pull_request_target")]
    [TestCase("v1 page.html", "${{ inputs.target }} page.html", "step Publish: an expression in a script")]
    [TestCase("{shell: bash}", "{shell: sh}", "shell 'sh' found")]
    [TestCase("          TARGET: ${{ inputs.target }}\n", "", "variable TARGET is not in env")]
    [TestCase("    timeout-minutes: 5\n    permissions:\n      contents: read", "    permissions:\n      contents: read", "timeout-minutes '' found")]
    [TestCase("    timeout-minutes: 5\n    permissions:\n      contents: write", "    timeout-minutes: 500\n    permissions:\n      contents: write", "timeout-minutes '500' found")]
    [TestCase("  group: sample-${{ github.ref }}\n", "  group: all\n", "concurrency.group 'all' found")]
    [TestCase("cancel-in-progress: false", "cancel-in-progress: true", "false is expected")]
    [TestCase("${{ inputs.target }}", "${{ inputs.goal }}", "there is no input goal")]
    [TestCase("PACKAGES: ${{ matrix.packages }}", "PACKAGES: ${{ matrix.package }}", "there is no matrix.package")]
    [TestCase("needs.build.outputs.made", "needs.build.outputs.done", "there is no needs.build.outputs.done")]
    [TestCase("needs: build\n", "needs: []\n", "there is no needs.build.outputs.made")]
    [TestCase("steps.make.outputs.made", "steps.mark.outputs.made", "there is no steps.mark.outputs.made")]
    [TestCase("steps.make.outputs.made", "steps.make.outputs.done", "there is no steps.make.outputs.done")]
    [TestCase("  push:\n", "  pull_request:\n", "job publish: may write contents: a pull request could use it")]
    public void A_mistake_is_found(string text, string mistake, string told)
    {
        Assert.That(Sample.Split(text), Has.Length.GreaterThan(1), "the sample holds the text");

        Assert.That(WorkflowRules.Mistakes(Workflow.Parse("sample.yml", Sample.Replace(text, mistake))), Has.Some.Contains(told));
    }

    [TestCase("packages: [feed, official]", "packages: [feed]")]
    [TestCase("--packages=\"$PACKAGES\"", "--packages=feed")]
    public void A_proposal_that_is_not_built_under_both_package_sets_is_found(string text, string mistake)
    {
        var proposed = Sample.Replace("  push:\n", "  pull_request:\n").Replace(text, mistake);

        Assert.That(WorkflowRules.Mistakes(Workflow.Parse("sample.yml", proposed)), Has.Some.Contains("each of feed and official is expected"));
    }

    [TestCase("timeout-minutes: 5", "timeout: 5")]
    [TestCase("needs.build", "need.build")]
    [TestCase("contents: read", "content: read")]
    public void GitHub_refuses_a_mistake(string text, string mistake)
    {
        Assert.That(GitHub.Mistakes("sample.yml", Sample.Replace(text, mistake)), Is.Not.Empty);
    }

    private static IEnumerable<string> Files() => Workflow.All.Select(workflow => workflow.Name);
}
