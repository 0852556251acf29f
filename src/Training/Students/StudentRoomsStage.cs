using Tmrvc.Audio;
using Tmrvc.BuildGraph;
using Tmrvc.Configuration;
using Tmrvc.Corpora;
using Tmrvc.Features;
using Tmrvc.Models;
using TorchSharp;
using static TorchSharp.torch;

namespace Tmrvc.Training;

/// <summary>Trains the student's estimator of rooms on speech that is brought into rooms as it is read.</summary>
public sealed class StudentRoomsStage(
    StageId id, StudentRoomsSettings settings, Constants constants, StudentArchitecture architecture, StudentRoomsInputs inputs) : StudentPartStage(id, settings)
{
    private readonly IReadOnlyList<StageInput.Output> _features = TrainingInputs.Features(inputs.Features);
    private readonly RoomInputs _rooms = new(inputs.Preprocessing, inputs.Rooms);

    public override string Description => "The student's ear for rooms";

    public override int Version => 2;

    public override IReadOnlyList<StageInput> Inputs =>
    [
        TorchLibrary.Tool, .. _features, TrainingInputs.StatisticsOf(inputs.Statistics),
        new StageInput.Output(TrainingInputs.Embeddings, inputs.Embeddings, SpeakerEncoderStage.Embeddings),
        .. _rooms.All,
    ];

    public override IReadOnlyList<string> Networks => [StudentNetworks.IrEstimatorFile];

    public override object Settings => new StudentRoomsStageSettings(settings, architecture, SignalParameters.From(constants), Subbands.From(constants));

    private protected override void Train(TrainingRun run, Device device, CancellationToken cancellation)
    {
        using var shards = TrainingInputs.OpenFeatures(run, _features);
        using var embeddings = SpeakerEmbeddings.Open(run.Input(TrainingInputs.Embeddings));
        using var rooms = _rooms.Open(run, shards, constants, settings.Augmentation, settings.Seed);
        var statistics = MelStatistics.Read(run.Input(TrainingInputs.Statistics));
        using var estimator = new IrEstimator(architecture, (ulong)settings.Seed);
        estimator.to(device);
        var phase = Phase(run.Stage, estimator, device, shards, In(Split.Train), In(Split.Validation));
        Learn(run, phase, device, outcome => Save(run, outcome, architecture, ModelFiles.IrEstimator), cancellation);

        TeacherBatches In(Split split) => new(shards, statistics, embeddings) { Augmenter = rooms.Of(split) };
    }

    private Phase<TeacherBatch> Phase(
        StageId stage, IrEstimator estimator, Device device, FeatureShards shards, TeacherBatches batches, TeacherBatches heldOut)
    {
        var sampler = TrainingInputs.Sampler(shards, settings);
        var learner = settings.Learner<TeacherBatch>("ir_estimator", estimator, new StudentRoomsObjective(estimator, device).Of);
        return settings.Phase(stage, learner, index => batches.Make(sampler.Plan(index))) with
        {
            Validation = [.. ValidationPlans.Of(shards, settings).Select(heldOut.Make)],
            Trial = new(settings.BatchSize, size => batches.Make(TrainingInputs.Longest(shards, settings, size))),
        };
    }
}

/// <summary>The stages that the ear for rooms learns from.</summary>
/// <param name="Features">One per corpus.</param>
/// <param name="Preprocessing">Whose segments the features were extracted from: what is brought into rooms.</param>
/// <param name="Rooms">Those that leave impulse responses.</param>
public sealed record StudentRoomsInputs(
    IReadOnlyList<StageId> Features, StageId Statistics, StageId Embeddings, IReadOnlyList<StageId> Preprocessing, IReadOnlyList<StageId> Rooms);

/// <summary>What the stage's key rests on beside its inputs.</summary>
public sealed record StudentRoomsStageSettings(StudentRoomsSettings Rooms, StudentArchitecture Architecture, SignalParameters Signal, Subbands Bands);
