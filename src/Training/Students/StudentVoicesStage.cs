using Tmrvc.BuildGraph;
using Tmrvc.Features;
using Tmrvc.Models;
using TorchSharp;
using static TorchSharp.torch;

namespace Tmrvc.Training;

/// <summary>
/// Trains the student's speaker encoder: its embeddings draw towards those that conditioned the teacher. What its LoRA head gives stays nothing
/// until a later phase.
/// </summary>
/// <param name="embeddings">The speaker encoder of the pipeline.</param>
public sealed class StudentVoicesStage(
    StageId id, StudentVoicesSettings settings, StudentArchitecture architecture, StageId statistics, StageId embeddings, params StageId[] features)
    : StudentPartStage(id, settings)
{
    private readonly IReadOnlyList<StageInput.Output> _features = TrainingInputs.Features(features);

    public override string Description => "Speaker encoder of the student, by the embeddings of the teacher's";

    public override int Version => 2;

    public override IReadOnlyList<StageInput> Inputs =>
    [
        TorchLibrary.Tool, .. _features, TrainingInputs.StatisticsOf(statistics),
        new StageInput.Output(TrainingInputs.Embeddings, embeddings, SpeakerEncoderStage.Embeddings),
    ];

    public override IReadOnlyList<string> Networks => [StudentNetworks.SpeakerEncoderFile];

    public override object Settings => new StudentVoicesStageSettings(settings, architecture);

    private protected override void Train(TrainingRun run, Device device, CancellationToken cancellation)
    {
        using var shards = TrainingInputs.OpenFeatures(run, _features);
        using var known = SpeakerEmbeddings.Open(run.Input(TrainingInputs.Embeddings));
        var batches = new TeacherBatches(shards, MelStatistics.Read(run.Input(TrainingInputs.Statistics)), known);
        using var encoder = new StudentSpeakerEncoder(architecture, (ulong)settings.Seed);
        encoder.to(device);
        var sampler = TrainingInputs.Sampler(shards, settings);
        var learner = settings.Learner<TeacherBatch>("speaker_encoder", encoder, (batch, _) => Objective(encoder, batch, device));
        var phase = settings.Phase(run.Stage, learner, index => batches.Make(sampler.Plan(index))) with
        {
            Validation = [.. ValidationPlans.Of(shards, settings).Select(batches.Make)],
            Trial = new(settings.BatchSize, size => batches.Make(TrainingInputs.Longest(shards, settings, size))),
        };
        Learn(run, phase, device, outcome => Save(run, outcome, architecture, ModelFiles.StudentSpeakerEncoder), cancellation);
    }

    /// <summary>1 − cosine.</summary>
    private static IReadOnlyList<LossTerm> Objective(StudentSpeakerEncoder encoder, TeacherBatch batch, Device device)
    {
        var features = batch.Features;
        var wanted = tensor(batch.Speaker, [features.Size, batch.Speaker.Length / features.Size], device: device);
        var heard = encoder.forward(features.LogMelOn(device), features.MaskOn(device)).Embedding;
        return [new("cosine", 1 - (heard * wanted).sum([1L]).mean())];
    }
}

/// <summary>What the stage's key rests on beside its inputs.</summary>
public sealed record StudentVoicesStageSettings(StudentVoicesSettings Voices, StudentArchitecture Architecture);
