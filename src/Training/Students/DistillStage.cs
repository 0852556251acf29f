using Tmrvc.Audio;
using Tmrvc.BuildGraph;
using Tmrvc.Configuration;
using Tmrvc.Models;
using TorchSharp;
using static TorchSharp.torch;

namespace Tmrvc.Training;

/// <summary>Distils a teacher's trajectories into a student of one step: its content encoder and its converter (phase A).</summary>
public sealed class DistillStage(
    StageId id, DistillationSettings settings, Constants constants, StudentArchitecture architecture, DistillationInputs inputs) : StudentPartStage(id, settings)
{
    private const string Rooms = "ir_estimator";

    private readonly IReadOnlyList<StageInput.Output> _features = TrainingInputs.Features(inputs.Features);

    public override string Description => $"Student of one step, from the teacher's ways to speech, {settings.Steps} steps";

    public override int Version => 2;

    public override IReadOnlyList<StageInput> Inputs =>
    [
        TorchLibrary.Tool, .. _features, TrainingInputs.StatisticsOf(inputs.Statistics),
        new StageInput.Output(TrajectoriesStage.Trajectories, inputs.Trajectories, TrajectoriesStage.Trajectories),
        .. settings.Estimates > 0 ? [new StageInput.Output(Rooms, inputs.Rooms, StudentNetworks.IrEstimatorFile)] : Array.Empty<StageInput>(),
    ];

    public override IReadOnlyList<string> Networks => [StudentNetworks.ContentEncoderFile, StudentNetworks.ConverterFile];

    public override object Settings => new DistillStageSettings(settings, architecture, SignalParameters.From(constants));

    private protected override void Train(TrainingRun run, Device device, CancellationToken cancellation)
    {
        using var shards = TrainingInputs.OpenFeatures(run, _features);
        using var trajectories = TeacherTrajectories.Open(run.Input(TrajectoriesStage.Trajectories));
        var statistics = MelStatistics.Read(run.Input(TrainingInputs.Statistics));
        using var student = new DistilledNetworks(architecture, shards.ContentDimension, (ulong)settings.Seed);
        student.Converter.StartAt(MeanSpectrum(statistics));
        student.to(device);
        using var rooms = settings.Estimates > 0 ? Frozen.Of(ModelFiles.IrEstimator.Load(run.Input(Rooms))) : null;
        rooms?.to(device);
        using var objective = new DistillationObjective(student, settings, SignalParameters.From(constants), statistics, device, rooms);
        Learn(run, Phase(run.Stage, student, objective, trajectories, new(trajectories, shards, statistics), statistics), device,
            outcome => DistilledNetworks.Save(outcome, architecture, About(statistics), run.Output), cancellation);
    }

    private Phase<TrajectoryBatch> Phase(
        StageId stage, DistilledNetworks student, DistillationObjective objective, TeacherTrajectories trajectories, TrajectoryBatches batches, MelStatistics statistics)
    {
        var places = new RenditionPlaces(trajectories, settings);
        var learner = settings.Learner<TrajectoryBatch>("student", student, objective.Of);
        TrajectoryBatch[] validation = [.. places.Validation().Select(batches.Make)];
        return settings.Phase(stage, learner, index => batches.Make(places.Draw(index))) with
        {
            Validation = validation,
            Exhibits = new StudentExhibits(objective.Speak, validation, statistics, SignalParameters.From(constants)).Of,
            Trial = new(settings.BatchSize, size => batches.Make(places.Longest(size))),
        };
    }

    /// <summary>Behind the mean mel of the corpus, [513]. In bands where that hardly varies, a converter that began elsewhere would learn nothing else for long.</summary>
    private Tensor MeanSpectrum(MelStatistics statistics)
    {
        using var envelope = new MelEnvelope(SignalParameters.From(constants), CPU);
        return envelope.Of(tensor(statistics.Mean, [1, statistics.Mean.Length, 1])).view(-1);
    }
}

/// <summary>The stages that a distillation reads from.</summary>
/// <param name="Features">That the trajectories were made from, one per corpus.</param>
/// <param name="Rooms">The student's ear for rooms.</param>
public sealed record DistillationInputs(StageId Trajectories, IReadOnlyList<StageId> Features, StageId Statistics, StageId Rooms);

/// <summary>What the stage's key rests on beside its inputs.</summary>
public sealed record DistillStageSettings(DistillationSettings Distillation, StudentArchitecture Architecture, SignalParameters Signal);
