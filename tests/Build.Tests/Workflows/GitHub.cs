using System.Diagnostics;
using System.Text.Json;
using Tmrvc.Build.Tests.Support;

namespace Tmrvc.Build.Tests.Workflows;

/// <summary>GitHub's reading of workflows and expressions, by the packages it publishes.</summary>
internal static class GitHub
{
    private static readonly string Packages = Path.Combine(Repository.Root, ".build", "npm", "workflow-parser");

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
        Assert.That(Packages, Does.Exist, "run build/bootstrap/npm-tree.sh workflow-parser, or ./build.sh --target=Test, which does");
        var script = Path.Combine(TestContext.CurrentContext.TestDirectory, "Workflows", "github.mjs");
        var start = new ProcessStartInfo("node", [script, Packages]) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        process.StandardInput.Write(JsonSerializer.Serialize(request));
        process.StandardInput.Close();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.That(process.ExitCode, Is.Zero, errors.Result);
        return JsonSerializer.Deserialize<Answer>(output, JsonSerializerOptions.Web)!;
    }

    private sealed record Answer(IReadOnlyList<string> Mistakes, IReadOnlyList<string> Values);
}
