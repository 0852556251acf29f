using System.Diagnostics;
using Tmrvc.EndToEnd.Harness;

namespace Tmrvc.EndToEnd.Documents;

/// <summary>What tests/EndToEnd/newcomer.sh types, on a repository of the tests.</summary>
internal static class NewcomerSession
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(20);

    /// <param name="folder">Empty; the clone.</param>
    /// <returns>The transcript, in Markdown.</returns>
    public static string Run(string repository, string folder)
    {
        var start = new ProcessStartInfo("bash", [Path.Combine(Checkout.Root, "tests", "EndToEnd", "newcomer.sh"), repository, folder])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment.Remove("TMRVC_CACHE");
        using var script = Process.Start(start)!;
        var (transcript, errors) = (script.StandardOutput.ReadToEndAsync(), script.StandardError.ReadToEndAsync());
        if (!script.WaitForExit(Patience))
            script.Kill(entireProcessTree: true);
        Assert.That(script.ExitCode, Is.Zero, $"{transcript.Result}\n{errors.Result}");
        return transcript.Result;
    }
}
