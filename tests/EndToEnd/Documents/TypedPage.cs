using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace Tmrvc.EndToEnd.Documents;

/// <summary>Types a page's commands into one shell, one after the other, so that what one exports the next has.</summary>
internal static class TypedPage
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(8);

    /// <param name="replacements">What a reader is to put in place of a name, such as an address.</param>
    /// <returns>What the page's commands said.</returns>
    public static string Run(Page page, string folder, IReadOnlyDictionary<string, string> replacements)
    {
        var commands = page.Commands.Where(command => !NotRun.Has(command)).ToList();
        var script = Path.Combine(Path.GetTempPath(), $"tmrvc-page-{Guid.NewGuid():N}.sh");
        File.WriteAllText(script, Script(commands, replacements));
        try
        {
            return Run(page, script, folder);
        }
        finally
        {
            File.Delete(script);
        }
    }

    private static string Script(IReadOnlyList<string> commands, IReadOnlyDictionary<string, string> replacements)
    {
        var script = new StringBuilder("exec 2>&1\n");
        foreach (var command in commands)
        {
            var typed = replacements.Aggregate(command, (text, replacement) => text.Replace(replacement.Key, replacement.Value));
            var code = NotRun.ExitCodes.GetValueOrDefault(command);
            script.AppendLine(CultureInfo.InvariantCulture, $"printf '$ %s\\n' '{command.Split('\n')[0].Replace("'", "'\\''")}'");
            script.AppendLine(CultureInfo.InvariantCulture, $"{typed}\ncode=$?\n[ $code -eq {code} ] || {{ echo \"exit code $code, expected {code}\"; exit 1; }}");
        }
        return script.ToString();
    }

    private static string Run(Page page, string script, string folder)
    {
        var start = new ProcessStartInfo("bash", [script]) { WorkingDirectory = folder, RedirectStandardOutput = true };
        start.Environment.Remove("TMRVC_CACHE");
        using var shell = Process.Start(start)!;
        var said = shell.StandardOutput.ReadToEndAsync();
        if (!shell.WaitForExit(Patience))
            shell.Kill(entireProcessTree: true);
        Assert.That(shell.WaitForExit(Patience) ? shell.ExitCode : -1, Is.Zero, $"{page}, as typed; a command that is no example stands in NotRun:\n{said.Result}");
        return said.Result;
    }
}
