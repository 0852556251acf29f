using Tmrvc.BuildGraph;
using Tmrvc.Configuration;
using Tmrvc.Models;

namespace Tmrvc.Training;

/// <summary>Trains the pipeline's own speaker encoder on the training speakers, then embeds every utterance of every split.</summary>
public sealed class SpeakerEncoderStage(
    StageId id, SpeakerEncoderSettings settings, Constants constants, StageId statistics, params StageId[] features) : TrainingStage(id)
{
    public const string Model = "speaker_encoder.safetensors";
    public const string Embeddings = "embeddings.safetensors";

    private readonly IReadOnlyList<StageInput.Output> _features = TrainingInputs.Features(features);

    public override string Description => "Speaker encoder, and an embedding of every utterance";

    public override int Version => 3;

    public override IReadOnlyList<StageInput> Inputs => [TorchLibrary.Tool, TrainingInputs.StatisticsOf(statistics), .. _features];

    public override IReadOnlyList<string> Outputs => [Model, Embeddings, MetricsLog.FileName];

    public override object Settings => new SpeakerEncoderStageSettings(settings, constants.DSpeaker);

    public override TrainingProcesses Processes => settings.Processes();

    public override StageResources Resources => settings.Runtime.Resources(Processes.Count);

    public TimeProvider Clock { get; init; } = TimeProvider.System;

    public override Task TrainAsync(TrainingRun run, CancellationToken cancellation) => Task.Run(() => Train(run, cancellation), CancellationToken.None);

    private void Train(TrainingRun run, CancellationToken cancellation)
    {
        var device = settings.Runtime.Prepare(run.Place);
        using var shards = TrainingInputs.OpenFeatures(run, _features);
        var statistics = MelStatistics.Read(run.Input(TrainingInputs.Statistics));
        using var training = new SpeakerEncoderTraining(settings, constants.DSpeaker, shards, statistics, device);
        using (var outcome = training.Run(run, Clock, cancellation))
            training.Finish(outcome, run.Output(Model), run.Output(MetricsLog.FileName));
        SpeakerEmbeddings.Save(run.Output(Embeddings), training.Embed(cancellation));
    }
}

/// <summary>What the stage's key rests on beside its inputs.</summary>
public sealed record SpeakerEncoderStageSettings(SpeakerEncoderSettings Encoder, int Embedding);
