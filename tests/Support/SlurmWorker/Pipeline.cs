using System.Globalization;
using Tmrvc.BuildGraph;

namespace Tmrvc.SlurmWorker;

/// <summary>
/// Two trainings between a stage that prepares and one that joins. Every start of a stage leaves a line in STAGE.started, every finished
/// step of a training one in STAGE.steps; pace.txt says how many milliseconds a step takes.
/// </summary>
public static class Pipeline
{
    public const int Steps = 30;

    public static Stage[] Stages(string root) => [new Prepare(root), new Learn("Left", root), new Learn("Right", root), new Join(root)];

    private static void Note(string root, string file, string line)
    {
        using var log = new FileStream(Path.Combine(root, file), FileMode.Append, FileAccess.Write, FileShare.ReadWrite);
        log.Write(System.Text.Encoding.UTF8.GetBytes(line + "\n"));
    }

    private sealed class Prepare(string root) : ActionStage("Prepare")
    {
        public override string Description => "Squares a number";
        public override int Version => 1;
        public override IReadOnlyList<StageInput> Inputs => [new StageInput.File("number", "number.txt")];
        public override IReadOnlyList<string> Outputs => ["square.txt"];

        public override Task RunAsync(StageRun run, CancellationToken cancellation)
        {
            Note(root, $"{Id}.started", Id.Value);
            var number = long.Parse(File.ReadAllText(run.Input("number")), CultureInfo.InvariantCulture);
            File.WriteAllText(run.Output("square.txt"), $"{number * number}");
            return Task.CompletedTask;
        }
    }

    private sealed class Learn(StageId id, string root) : TrainingStage(id)
    {
        public override string Description => "Steps on from the square, with a checkpoint after each";
        public override int Version => 1;
        public override IReadOnlyList<StageInput> Inputs => [new StageInput.Output("square", "Prepare", "square.txt")];
        public override IReadOnlyList<string> Outputs => ["learnt.txt"];

        public override async Task TrainAsync(TrainingRun run, CancellationToken cancellation)
        {
            Note(root, $"{Id}.started", Id.Value);
            var pace = int.Parse(File.ReadAllText(Path.Combine(root, "pace.txt")), CultureInfo.InvariantCulture);
            var (checkpoint, square) = (Path.Combine(run.Checkpoints, "state.txt"), long.Parse(File.ReadAllText(run.Input("square")), CultureInfo.InvariantCulture));
            var state = File.Exists(checkpoint) ? [.. File.ReadAllText(checkpoint).Split(' ').Select(long.Parse)] : new long[] { 0, Id.Value.Length };
            run.Log($"begins at step {state[0]}");
            while (state[0] < Steps)
            {
                await Task.Delay(pace, cancellation);
                state = [state[0] + 1, (state[1] * 31 + square) % 1_000_003];
                File.WriteAllText(checkpoint + ".new", $"{state[0]} {state[1]}");
                File.Move(checkpoint + ".new", checkpoint, overwrite: true);
                Note(root, $"{Id}.steps", $"{Id} {state[0]}");
                run.Progress.Report(new StageProgress(state[0], Steps, "steps"));
            }
            File.WriteAllText(run.Output("learnt.txt"), $"{state[1]}");
        }
    }

    private sealed class Join(string root) : ActionStage("Join")
    {
        public override string Description => "Joins what both have learnt";
        public override int Version => 1;
        public override IReadOnlyList<StageInput> Inputs => [.. new[] { "Left", "Right" }.Select(side => new StageInput.Output(side, side, "learnt.txt"))];
        public override IReadOnlyList<string> Outputs => ["joined.txt"];

        public override Task RunAsync(StageRun run, CancellationToken cancellation)
        {
            Note(root, $"{Id}.started", Id.Value);
            File.WriteAllLines(run.Output("joined.txt"), [File.ReadAllText(run.Input("Left")), File.ReadAllText(run.Input("Right"))]);
            return Task.CompletedTask;
        }
    }
}
