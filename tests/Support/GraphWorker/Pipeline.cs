using System.Globalization;
using Tmrvc.BuildGraph;

namespace Tmrvc.GraphWorker;

/// <summary>One stage of each kind, slow enough to be killed within. Every start of a stage leaves a line in started.log.</summary>
public static class Pipeline
{
    public static Stage[] Stages(string root)
    {
        void Started(StageId stage)
        {
            using var log = new FileStream(Path.Combine(root, "started.log"), FileMode.Append, FileAccess.Write,
                FileShare.ReadWrite);
            log.Write(System.Text.Encoding.UTF8.GetBytes($"{stage}\n"));
        }

        return [new Split(Started), new Square(Started), new Learn(Started), new Judge(), new Finish(Started)];
    }

    private static void Pause() => Thread.Sleep(10);

    private sealed class Split(Action<StageId> started) : ActionStage("Split")
    {
        public override string Description => "Writes numbers, one per file";
        public override int Version => 1;
        public override IReadOnlyList<StageInput> Inputs => [new StageInput.File("count", "count.txt")];
        public override IReadOnlyList<string> Outputs => ["numbers"];

        public override Task RunAsync(StageRun run, CancellationToken cancellation)
        {
            started(Id);
            Directory.CreateDirectory(run.Output("numbers"));
            foreach (var number in Enumerable.Range(1, int.Parse(File.ReadAllText(run.Input("count")), CultureInfo.InvariantCulture)))
                File.WriteAllText(Path.Combine(run.Output("numbers"), $"{number:000}.txt"), $"{number}");
            Pause();
            return Task.CompletedTask;
        }
    }

    private sealed class Square(Action<StageId> started) : PerItemStage("Square")
    {
        public override string Description => "Squares each number";
        public override int Version => 1;
        public override IReadOnlyList<StageInput> Inputs => [new StageInput.Output("numbers", "Split", "numbers")];
        public override IReadOnlyList<string> Outputs => ["squares.txt"];
        public override string Items => "numbers";

        public override Task ProcessAsync(ItemRun item, CancellationToken cancellation)
        {
            var number = int.Parse(File.ReadAllText(item.Source), CultureInfo.InvariantCulture);
            if (number % 13 == 0)
                throw new ItemRejectedException("divisible by 13");
            File.WriteAllText(Path.Combine(item.Folder, "square.txt"), $"{number * number}");
            Pause();
            return Task.CompletedTask;
        }

        public override Task CombineAsync(CombineRun run, IReadOnlyList<ItemResult> items, CancellationToken cancellation)
        {
            started(Id);
            var squares = items.Where(item => item.IsAccepted).Select(item => File.ReadAllText(item["square.txt"].Path));
            return File.WriteAllLinesAsync(run.Output("squares.txt"), squares, cancellation);
        }
    }

    private sealed class Learn(Action<StageId> started) : TrainingStage("Learn")
    {
        private const int Steps = 50;

        public override string Description => "Sums the squares in steps, with a checkpoint after each";
        public override int Version => 1;
        public override IReadOnlyList<StageInput> Inputs => [new StageInput.Output("squares", "Square", "squares.txt")];
        public override IReadOnlyList<string> Outputs => ["sum.txt"];

        public override Task TrainAsync(TrainingRun run, CancellationToken cancellation)
        {
            started(Id);
            var squares = File.ReadLines(run.Input("squares")).Select(line => long.Parse(line, CultureInfo.InvariantCulture))
                .ToArray();
            var checkpoint = Path.Combine(run.Checkpoints, "state.txt");
            var (step, sum) = Load(checkpoint);
            for (; step < Steps; step++)
            {
                cancellation.ThrowIfCancellationRequested();
                sum = sum * 31 % 1_000_003 + squares[step % squares.Length];
                File.WriteAllText(checkpoint + ".new", $"{step + 1} {sum}");
                File.Move(checkpoint + ".new", checkpoint, overwrite: true);
                Pause();
            }
            File.WriteAllText(run.Output("sum.txt"), $"{sum}");
            return Task.CompletedTask;
        }

        private static (int Step, long Sum) Load(string checkpoint)
        {
            if (!File.Exists(checkpoint))
                return (0, 0);
            var numbers = File.ReadAllText(checkpoint).Split(' ');
            return (int.Parse(numbers[0], CultureInfo.InvariantCulture), long.Parse(numbers[1], CultureInfo.InvariantCulture));
        }
    }

    private sealed class Judge() : GateStage("Judge")
    {
        public override string Description => "Asks for a positive sum";
        public override int Version => 1;
        public override IReadOnlyList<StageInput> Inputs => [new StageInput.Output("sum", "Learn", "sum.txt")];

        public override Task<GateVerdict> JudgeAsync(StageRun run, CancellationToken cancellation)
        {
            var sum = File.ReadAllText(run.Input("sum"));
            return Task.FromResult(new GateVerdict([new GateCheck("sum", sum, "> 0", long.Parse(sum, CultureInfo.InvariantCulture) > 0)]));
        }
    }

    private sealed class Finish(Action<StageId> started) : ActionStage("Finish")
    {
        public override string Description => "Copies the sum";
        public override int Version => 1;
        public override IReadOnlyList<StageInput> Inputs =>
        [
            new StageInput.Passed("gate", "Judge"),
            new StageInput.Output("sum", "Learn", "sum.txt"),
            new StageInput.Output("squares", "Square", "squares.txt"),
        ];
        public override IReadOnlyList<string> Outputs => ["final"];

        public override Task RunAsync(StageRun run, CancellationToken cancellation)
        {
            started(Id);
            var folder = Directory.CreateDirectory(run.Output("final")).FullName;
            File.Copy(run.Input("sum"), Path.Combine(folder, "sum.txt"));
            File.Copy(run.Input("squares"), Path.Combine(folder, "squares.txt"));
            return Task.CompletedTask;
        }
    }
}
