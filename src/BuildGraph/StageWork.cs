namespace Tmrvc.BuildGraph;

/// <summary>What a stage's own code came to, beside its output files.</summary>
internal sealed record WorkResult(GateVerdict? Verdict, IReadOnlyList<RejectedItem> Quarantine)
{
    public static readonly WorkResult Plain = new(null, []);
}

/// <summary>Calls a stage's code according to its kind. Knows nothing of keys, records and the store.</summary>
internal static class StageWork
{
    /// <param name="ranks">As <see cref="EngineOptions.Ranks"/>.</param>
    public static async Task<WorkResult> RunAsync(
        Stage stage, ActiveRun run, Func<ItemWork> items, RankGroup? ranks, CancellationToken cancellation)
    {
        switch (stage)
        {
            case ActionStage action:
                await action.RunAsync(run, cancellation);
                return WorkResult.Plain;
            case TrainingStage training:
                await TrainAsync(training, run, ranks, cancellation);
                return WorkResult.Plain;
            case GateStage gate:
                return new WorkResult(await JudgeAsync(gate, run, cancellation), []);
            case PerItemStage perItem:
                return new WorkResult(null, await items().RunAsync(perItem, run, cancellation));
            default:
                throw new InvalidOperationException($"{stage.GetType()} is none of the four kinds.");
        }
    }

    private static Task TrainAsync(TrainingStage stage, ActiveRun run, RankGroup? ranks, CancellationToken cancellation)
    {
        if (stage.Processes.Obstacle is { } obstacle) run.Log($"Trained by one process: {obstacle}.");
        return ranks is not null && stage.Processes.Count > 1
            ? ranks.TrainAsync(stage, run, cancellation)
            : stage.TrainAsync(run, cancellation);
    }

    private static async Task<GateVerdict> JudgeAsync(GateStage gate, ActiveRun run, CancellationToken cancellation)
    {
        var verdict = await gate.JudgeAsync(run, cancellation);
        if (verdict.Checks.Count == 0)
            throw new StageFailure(gate.Id, "its verdict rests on no check; at least one is needed.");
        await File.WriteAllBytesAsync(run.Output(gate.Outputs[0]), VerdictDocument.Write(verdict), cancellation);
        return verdict;
    }
}
