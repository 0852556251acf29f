using System.Diagnostics;
using Tmrvc.Build.Tests.Support;

namespace Tmrvc.Build.Tests.Workflows;

/// <summary>Scripts as shellcheck reads them.</summary>
public sealed class WorkflowScriptTests
{
    [Test]
    public void Every_script_of_a_workflow_is_sound()
    {
        var remarks =
            from step in Workflow.All.SelectMany(workflow => workflow.Steps)
            where step.Run is not null
            let told = ShellCheck("--shell=bash", "-", step.Run)
            where told.Length > 0
            select $"{step.Place}:\n{told}";

        Assert.That(remarks, Is.Empty);
    }

    [Test]
    public void Every_script_of_the_repository_is_sound()
    {
        string[] scripts = ["build.sh", ".ci/run", .. Repository.Files("*.sh", "build")];

        Assert.That(scripts.Select(script => ShellCheck("--external-sources", script, null)).Where(told => told.Length > 0), Is.Empty);
    }

    [Test]
    public void An_unsound_script_is_told()
    {
        Assert.That(ShellCheck("--shell=bash", "-", "rm -r $HOME/$1"), Does.Contain("SC2086"));
    }

    private static string ShellCheck(string option, string file, string? text)
    {
        var start = new ProcessStartInfo("shellcheck", ["--format=gcc", option, file])
        {
            WorkingDirectory = Repository.Root,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        using var process = Process.Start(start)!;
        process.StandardInput.Write(text);
        process.StandardInput.Close();
        var told = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.That(process.ExitCode, Is.LessThanOrEqualTo(1), "shellcheck itself failed");
        return told;
    }
}
