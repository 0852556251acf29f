using System.Globalization;
using Tmrvc.BuildGraph;

namespace Tmrvc.GraphWorker;

/// <summary>A training by two processes that know of each other only by their places. Each leaves its id in pids/RANK; fail.txt makes rank 1 fail.</summary>
public sealed class Together(string root) : TrainingStage("Together")
{
    public const string Rank = "rank";
    private const int Steps = 200;

    public override string Description => "Counts";

    public override int Version => 1;

    public override IReadOnlyList<StageInput> Inputs => [new StageInput.File("word", "word.txt")];

    public override IReadOnlyList<string> Outputs => ["model.txt"];

    public override TrainingProcesses Processes => new(int.Parse(File.ReadAllText(Path.Combine(root, "count.txt")), CultureInfo.InvariantCulture));

    /// <summary>Its processes are this program again.</summary>
    public static RankProgram Program(string root) => new(["dotnet", typeof(Together).Assembly.Location])
    {
        Arguments = (_, order) => [Rank, root, order],
    };

    public override async Task TrainAsync(TrainingRun run, CancellationToken cancellation)
    {
        var rank = run.Place?.Rank ?? 0;
        var known = Directory.CreateDirectory(Path.Combine(root, "pids")).FullName;
        File.WriteAllText(Path.Combine(known, $"{rank}.part"), Environment.ProcessId.ToString(CultureInfo.InvariantCulture));
        File.Move(Path.Combine(known, $"{rank}.part"), Path.Combine(known, $"{rank}"), overwrite: true);
        if (rank == 1 && File.Exists(Path.Combine(root, "fail.txt"))) throw new InvalidOperationException("utterance 7 is lost");
        var first = Directory.GetFiles(run.Checkpoints, "step-*").Length;
        run.Log($"rank {rank} starts at {first}");
        for (var step = first; step < Steps; step++)
        {
            if (cancellation.IsCancellationRequested) throw new OperationCanceledException(cancellation);
            await Task.Delay(File.Exists(Path.Combine(root, "hurry.txt")) ? 0 : 20, CancellationToken.None);
            File.WriteAllText(Path.Combine(run.Checkpoints, $"step-{step:D4}"), "");
        }
        run.Metric("steps", Steps);
        await File.WriteAllTextAsync(run.Output("model.txt"), $"{await File.ReadAllTextAsync(run.Input("word"), cancellation)} by rank {rank}", cancellation);
    }
}
