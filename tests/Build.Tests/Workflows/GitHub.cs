using System.Diagnostics;
using System.Text.Json;
using Tmrvc.Build.Tests.Support;

namespace Tmrvc.Build.Tests.Workflows;

/// <summary>GitHub's reading of workflows and expressions, by the packages it publishes.</summary>
internal static class GitHub
{
    private static readonly string Packages = Path.Combine(Repository.Root, ".build", "npm", "workflow-parser");
    private static readonly Lazy<Process> Reader = new(StartReader);

    /// <summary>What GitHub would refuse in a workflow.</summary>
    public static IReadOnlyList<string> Mistakes(string name, string text) =>
        Ask(new { workflows = new[] { new { name, content = text } }, texts = Array.Empty<string>(), contexts = new { }, functions = new { } }).Mistakes;

    /// <summary>Texts with each <c>${{ … }}</c> replaced by its value.</summary>
    /// <param name="contexts">Serialised: github, inputs, needs, …</param>
    /// <param name="isCancelled">Of the whole run.</param>
    /// <param name="hasFailed">Of the steps before.</param>
    public static IReadOnlyList<string> Values(IReadOnlyList<string> texts, object contexts, bool isCancelled = false, bool hasFailed = false) =>
        Ask(new { workflows = Array.Empty<object>(), texts, contexts, functions = new { cancelled = isCancelled, failure = hasFailed } }).Values;

    private static Answer Ask(object request)
    {
        lock (Reader)
        {
            Reader.Value.StandardInput.WriteLine(JsonSerializer.Serialize(request));
            Reader.Value.StandardInput.Flush();
            var line = Reader.Value.StandardOutput.ReadLine() ?? throw new AssertionException("node ended; see standard error");
            var answer = JsonSerializer.Deserialize<Answer>(line, JsonSerializerOptions.Web)!;
            return answer.Error is null ? answer : throw new AssertionException(answer.Error);
        }
    }

    /// <summary>Ends with this process, when its standard input does.</summary>
    private static Process StartReader()
    {
        Assert.That(Packages, Does.Exist, "run build/bootstrap/npm-tree.sh workflow-parser, or ./build.sh --target=Test, which does");
        var script = Path.Combine(TestContext.CurrentContext.TestDirectory, "Workflows", "github.mjs");
        return Process.Start(new ProcessStartInfo("node", [script, Packages]) { RedirectStandardInput = true, RedirectStandardOutput = true })!;
    }

    private sealed record Answer(IReadOnlyList<string> Mistakes, IReadOnlyList<string> Values, string? Error);
}
