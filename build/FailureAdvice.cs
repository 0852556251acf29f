using Tmrvc.BuildGraph;

namespace Tmrvc.Build;

/// <summary>What to do after a run in which something did not come to its end; nothing after one that did.</summary>
internal static class FailureAdvice
{
    public static IEnumerable<string> Of(RunSummary summary, EngineOptions options)
    {
        foreach (var rejected in summary.Stages.Where(stage => stage.State == StageState.Rejected))
            yield return $"{rejected.Stage}: its bars stand in configs/ (gates, and student.gate and student.parity); --target=Report shows the figures; train on, or change the setting that made it";
        if (summary.Stages.FirstOrDefault(stage => stage.State == StageState.Failed) is { } failed)
            yield return $"{failed.Stage}: {Log(failed, options)}once it is mended the same command goes on: what is finished stays finished";
    }

    private static string Log(StageOutcome failed, EngineOptions options) =>
        failed.Log is { } log ? $"what it wrote and what ended it are in {Path.GetRelativePath(options.Root, log)}; " : "";
}
