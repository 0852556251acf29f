using Tmrvc.BuildGraph;
using Tmrvc.Corpora;

namespace Tmrvc.Training;

/// <summary>Clamp, mean and deviation of log-mel over the training split of all corpora.</summary>
public sealed class MelStatisticsStage(StageId id, MelStatisticsSettings settings, params StageId[] features) : ActionStage(id)
{
    public const string Statistics = "mel_statistics.json";

    private readonly IReadOnlyList<StageInput.Output> _features = TrainingInputs.Features(features);

    public override string Description => "Mean and deviation of each mel band over the training split";

    public override int Version => 1;

    public override IReadOnlyList<StageInput> Inputs => _features;

    public override IReadOnlyList<string> Outputs => [Statistics];

    public override object Settings => settings;

    /// <summary>A few numbers about all corpora together.</summary>
    public override bool HandsOnInputs => false;

    public override Task RunAsync(StageRun run, CancellationToken cancellation)
    {
        using var shards = TrainingInputs.OpenFeatures(run, _features);
        var builder = new MelStatisticsBuilder(shards.Mels, settings.Clamp);
        foreach (var utterance in shards.Of(Split.Train))
        {
            cancellation.ThrowIfCancellationRequested();
            builder.Add(shards.LogMel(utterance));
        }
        builder.Build().Write(run.Output(Statistics));
        return Task.CompletedTask;
    }
}
