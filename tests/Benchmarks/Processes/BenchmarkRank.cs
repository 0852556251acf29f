using System.Globalization;
using Tmrvc.Benchmarks.TeacherStep;
using Tmrvc.BuildGraph;
using Tmrvc.Models;
using Tmrvc.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace Tmrvc.Benchmarks.Processes;

/// <summary>One of the processes that train a teacher together; rank 0 prints a line for each metric of the run.</summary>
internal sealed class BenchmarkRank(RankPlace place, string folder) : TrainingRun, IProgress<StageProgress>
{
    /// <summary>First argument of such a process; rank, size and a folder that all can reach follow.</summary>
    public const string Verb = "rank";

    public const int Steps = 12;
    private const int Batches = 4;

    private static readonly TeacherCase Case = new("base", Batch: 4, Frames: 200);

    public override StageId Stage => "Teacher";

    public override RankPlace Place => place;

    public override string Checkpoints => Own("checkpoints");

    public override string Events => Own("events");

    public override string Scratch => Own("scratch");

    public override IProgress<StageProgress> Progress => this;

    public static void Run(string[] arguments)
    {
        var (rank, size) = (Number(arguments[1]), Number(arguments[2]));
        set_num_threads(Math.Max(1, Environment.ProcessorCount / size));
        new BenchmarkRank(new(rank, size, Path.Combine(arguments[3], "rendezvous")), arguments[3]).Train();
    }

    public override string Input(string name) => throw new ArgumentException($"no input '{name}'", nameof(name));

    public override string Output(string name) => Path.Combine(Own("output"), name);

    public override void Metric(string name, double value)
    {
        if (place.Rank == 0) Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name} {value}"));
    }

    public override void Log(string message) { }

    public void Report(StageProgress value) { }

    private void Train()
    {
        using var teacher = Case.Teacher();
        var objective = new TeacherObjective(
            (position, time, conditions) => teacher.forward(position, time, conditions), TeacherCase.Dimensions, new(), [new FlowLoss()], CPU);
        var batches = Enumerable.Range(0, Batches).Select(number => Case.Drawn(number)).ToArray();
        var phase = new Phase<TeacherBatch>
        {
            Name = "Teacher",
            Steps = Steps,
            Seed = 1,
            Learners = [new() { Name = "teacher", Network = teacher, Objective = objective.Evaluate, LearningRate = new(LearningRateShape.Constant, 2e-4, Steps) }],
            Batches = index => batches[index % Batches],
            Shares = (index, share) => batches[index % Batches] with { Own = share.Of(Case.Batch) },
        };
        using var outcome = new Trainer<TeacherBatch>(phase, CPU, TimeProvider.System).Run(this, CancellationToken.None);
    }

    private string Own(string name) => Directory.CreateDirectory(Path.Combine(folder, $"{place.Rank}", name)).FullName;

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);
}
