using System.Globalization;

namespace Tmrvc.Build.Tests.Workflows.Rules;

internal static class Limits
{
    private const int MostMinutes = 360;

    public static IEnumerable<string> Time(Workflow workflow) =>
        from job in workflow.Jobs
        let written = job.Node.Text("timeout-minutes")
        where !int.TryParse(written, NumberStyles.None, CultureInfo.InvariantCulture, out var minutes) || minutes is < 1 or > MostMinutes
        select $"{job.Place}: timeout-minutes '{written}' found; 1 to {MostMinutes} are allowed";

    public static IEnumerable<string> Concurrency(Workflow workflow)
    {
        var concurrency = workflow.Root.Map("concurrency");
        if (concurrency.Text("group")?.StartsWith(Path.GetFileNameWithoutExtension(workflow.Name) + "-${{", StringComparison.Ordinal) != true)
            yield return $"{workflow.Name}: concurrency.group '{concurrency.Text("group")}' found; NAME-${{{{ … }}}} is expected";
        if (!workflow.Triggers.Contains("pull_request") && concurrency.Text("cancel-in-progress") != "false")
            yield return $"{workflow.Name}: cancel-in-progress '{concurrency.Text("cancel-in-progress")}' found; false is expected: another run must not end its work";
    }
}
