using System.Text.Json.Serialization;
using Tmrvc.BuildGraph;
using Tmrvc.Configuration;
using static TorchSharp.torch;

namespace Tmrvc.Training;

/// <summary>What every phase has, whatever it trains.</summary>
public abstract record TrainingSettings : IValidated
{
    public int Steps { get; init; } = 1000;

    /// <summary>Utterances per micro-batch.</summary>
    public int BatchSize { get; init; } = 16;

    /// <summary>Micro-batches per update.</summary>
    public int Accumulation { get; init; } = 1;

    /// <summary>Frames that a longer utterance is cropped to, at a place drawn anew each time.</summary>
    public int Frames { get; init; } = 192;

    /// <summary>Shorter utterances are left out.</summary>
    public int MinFrames { get; init; } = 50;

    /// <summary>Learning rate at the end of the warm-up.</summary>
    public double Lr { get; init; } = 2e-4;

    public LearningRateShape Schedule { get; init; } = LearningRateShape.Cosine;

    /// <summary>Steps.</summary>
    public int WarmUp { get; init; }

    public int Seed { get; init; } = 1;

    public OptimiserSettings Optimiser { get; init; } = new();

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public Precision Precision { get; init; } = Precision.Float32;

    /// <summary>Decay of the moving average of the weights that becomes the phase's model.</summary>
    public double EmaDecay { get; init; } = 0.999;

    /// <summary>Which weights become the phase's model.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public KeptWeights Keep { get; init; } = KeptWeights.Last;

    public int ValidationInterval { get; init; } = 100;

    /// <summary>Batches of the validation split; fewer where it is smaller.</summary>
    public int ValidationBatches { get; init; } = 4;

    [RuntimeOnly]
    [JsonIgnore]
    public RuntimeSettings Runtime { get; init; } = new();

    public IEnumerable<(string Property, string Message)> Mistakes() =>
        [.. Ranges(), .. Within("optimiser", Optimiser), .. Within("runtime", Runtime), .. OwnMistakes()];

    /// <summary>By how many processes a phase with these settings is trained.</summary>
    /// <param name="sharesRows">Whether its micro-batches can be taken apart: <see cref="Phase{TBatch}.Shares"/>.</param>
    internal TrainingProcesses Processes(bool sharesRows = false) =>
        Division.Obstacle(Runtime.Processes, BatchSize, Accumulation, sharesRows) is { } obstacle ? new(1, obstacle) : new(Runtime.Processes);

    /// <summary>Why a run extended from one of fewer steps is not bit for bit one in a go; null when it is, on a CPU.</summary>
    internal string? DeviationOfExtension(long from) =>
        Schedule == LearningRateShape.Cosine ? "its learning rate follows a cosine over all steps"
        : from % ValidationInterval != 0 ? $"it has validated after step {from} too"
        : null;

    internal Learner<TBatch> Learner<TBatch>(string name, nn.Module network, Objective<TBatch> objective)
        where TBatch : ITrainingBatch => new()
    {
        Name = name,
        Network = network,
        Objective = objective,
        LearningRate = new LearningRate(Schedule, Lr, Steps, WarmUp),
        Optimiser = Optimiser,
        AverageDecay = EmaDecay,
    };

    internal Phase<TBatch> Phase<TBatch>(StageId stage, Learner<TBatch> learner, Func<long, TBatch> batches)
        where TBatch : ITrainingBatch => new()
    {
        Name = stage.Value,
        Steps = Steps,
        Seed = Seed,
        Learners = [learner],
        Batches = batches,
        Accumulation = Accumulation,
        ValidationInterval = ValidationInterval,
        Keep = Keep,
        Precision = Precision,
        CheckpointInterval = Runtime.CheckpointInterval,
        Prefetch = Runtime.Prefetch,
        LossSpike = Runtime.LossSpike,
    };

    protected virtual IEnumerable<(string Property, string Message)> OwnMistakes() => [];

    protected static IEnumerable<(string Property, string Message)> Within(string name, IValidated part) =>
        part.Mistakes().Select(m => ($"{name}.{m.Property}", m.Message));

    private IEnumerable<(string Property, string Message)> Ranges()
    {
        foreach (var (name, value) in Counts().Where(c => c.Value < 1)) yield return (name, $"{value}: 1 or more is allowed.");
        if (WarmUp < 0 || WarmUp > Steps) yield return ("warm_up", $"{WarmUp}: from 0 to steps ({Steps}) is allowed.");
        if (MinFrames > Frames) yield return ("min_frames", $"{MinFrames}: at most frames ({Frames}) is allowed.");
        if (!(Lr > 0)) yield return ("lr", $"{Lr}: more than 0 is allowed.");
        if (EmaDecay is not (>= 0 and < 1)) yield return ("ema_decay", $"{EmaDecay}: from 0 up to, not including, 1 is allowed.");
        if (ValidationBatches < 0) yield return ("validation_batches", $"{ValidationBatches}: 0 or more is allowed.");
    }

    private IEnumerable<(string Name, int Value)> Counts() =>
    [
        ("steps", Steps), ("batch_size", BatchSize), ("accumulation", Accumulation), ("frames", Frames),
        ("min_frames", MinFrames), ("validation_interval", ValidationInterval),
    ];
}
