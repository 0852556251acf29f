using System.Diagnostics;

namespace Tmrvc.BuildGraph;

/// <summary>
/// Trains a stage's model by several processes on this machine. The run's own process is none of them: it starts them, passes on what rank 0 says,
/// and ends all as soon as one has failed, whatever the others are at.
/// </summary>
internal sealed class RankGroup(RankProgram program, TimeProvider clock)
{
    /// <summary>Who loses a connection to a rank may be heard of before the rank that is to blame.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(2);

    /// <exception cref="StageFailure">Names the rank that failed.</exception>
    /// <exception cref="OperationCanceledException">Cancelled, and all have saved and left.</exception>
    public async Task TrainAsync(TrainingStage stage, ActiveRun run, CancellationToken cancellation)
    {
        if (stage.Resources.Gpus > 0 && RankEnvironment.VisibleGpus is var visible && visible < stage.Processes.Count)
            throw new StageFailure(stage.Id, $"{stage.Processes.Count} processes take a GPU each, {visible} can be seen; give a smaller --nproc, or ask for more GPUs (gres, under Slurm)");
        var order = Path.Combine(run.Scratch, "order.json");
        run.Order(Path.Combine(run.Scratch, "rendezvous")).Write(order);
        var ranks = new List<RankProcess>();
        try
        {
            var variables = program.Variables(Folders.Create(run.Scratch, "configuration"));
            for (var rank = 0; rank < stage.Processes.Count; rank++)
                ranks.Add(new RankProcess(rank, Start(stage, order, variables, rank), line => Pass(line, run)));
            await using var stop = cancellation.Register(() => ranks.ForEach(rank => rank.AskToStop()));
            await AllAsync(stage, ranks, cancellation);
        }
        finally
        {
            ranks.ForEach(rank => rank.Kill());
            await Task.WhenAll(ranks.Select(rank => rank.Ended));
            ranks.ForEach(rank => rank.Dispose());
        }
    }

    private async Task AllAsync(TrainingStage stage, List<RankProcess> ranks, CancellationToken cancellation)
    {
        var pending = ranks.Select(rank => rank.Ended).ToList();
        while (pending.Count > 0)
        {
            var ended = await Task.WhenAny(pending);
            pending.Remove(ended);
            if (await ended is not (RankWork.Done or RankWork.Preempted)) throw await FailureAsync(stage, ranks, pending);
        }
        if (ranks.TrueForAll(rank => rank.Ended.Result == RankWork.Done)) return;
        cancellation.ThrowIfCancellationRequested();
        throw Failure(stage, ranks, ranks.First(rank => rank.Ended.Result == RankWork.Preempted));
    }

    private async Task<StageFailure> FailureAsync(TrainingStage stage, List<RankProcess> ranks, List<Task<int>> pending)
    {
        if (!ranks.Exists(rank => rank.IsAtFault))
            await Task.WhenAny(Task.WhenAll(pending), Task.Delay(Grace, clock));
        return Failure(stage, ranks, ranks.Find(rank => rank.IsAtFault) ?? ranks.First(rank => rank.Ended is { IsCompleted: true, Result: not (RankWork.Done or RankWork.Preempted) }));
    }

    private static StageFailure Failure(TrainingStage stage, List<RankProcess> ranks, RankProcess first) =>
        new(stage.Id, $"{first.Words}; of {ranks.Count} processes all were ended. The next run goes on from the latest checkpoint, with any number of processes.");

    private ProcessStartInfo Start(TrainingStage stage, string order, IReadOnlyDictionary<string, string> variables, int rank)
    {
        string[] words = [.. program.Command, .. program.Arguments(stage.Id, order)];
        var start = new ProcessStartInfo(words[0], words[1..])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in variables) start.Environment[name] = value;
        start.Environment.Remove("MASTER_PORT");
        foreach (var (name, value) in RankEnvironment.For(rank, stage.Processes.Count)) start.Environment[name] = value;
        return start;
    }

    private static void Pass(RankLine line, ActiveRun run)
    {
        if (line.Log is { } words) run.Log(words);
        if (line.Progress is { } progress) run.Progress.Report(progress);
        if (line.Metric is { } metric) run.Metric(metric.Name, metric.Value);
    }
}
