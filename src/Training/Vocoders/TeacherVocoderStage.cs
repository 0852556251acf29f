using Tmrvc.Audio;
using Tmrvc.BuildGraph;
using Tmrvc.Corpora;

namespace Tmrvc.Training;

/// <summary>Trains the vocoder that losses on waveforms reach the teacher through, and that evaluations listen by.</summary>
/// <param name="preprocessing">Stages whose segments it learns from, one per corpus.</param>
public sealed class TeacherVocoderStage(
    StageId id, TeacherVocoderSettings settings, SignalParameters signal, StageId statistics, params StageId[] preprocessing) : TrainingStage(id)
{
    /// <summary>The averaged weights with architecture and mel statistics in the metadata.</summary>
    public const string Model = "vocoder.safetensors";

    private readonly IReadOnlyList<StageInput.Output> _segments =
        [.. preprocessing.Select(stage => new StageInput.Output($"segments_{stage}", stage, PreprocessStage.Segments))];

    public override string Description => "Vocoder of the teacher: mel to waveform";

    public override int Version => 3;

    public override IReadOnlyList<StageInput> Inputs => [TorchLibrary.Tool, TrainingInputs.StatisticsOf(statistics), .. _segments];

    public override IReadOnlyList<string> Outputs => [Model, MetricsLog.FileName];

    public override object Settings => new TeacherVocoderStageSettings(settings, signal);

    public override TrainingProcesses Processes => settings.Processes();

    public override StageResources Resources => settings.Runtime.Resources(Processes.Count);

    public TimeProvider Clock { get; init; } = TimeProvider.System;

    public override Task TrainAsync(TrainingRun run, CancellationToken cancellation) => Task.Run(() => Train(run, cancellation), CancellationToken.None);

    private void Train(TrainingRun run, CancellationToken cancellation)
    {
        var device = settings.Runtime.Prepare(run.Place);
        var crops = new SpeechCrops(_segments.Select(segments => run.Input(segments.Name)), signal, settings);
        var statistics = MelStatistics.Read(run.Input(TrainingInputs.Statistics));
        using var training = new TeacherVocoderTraining(settings, signal, crops, statistics, device);
        using var outcome = training.Run(run, Clock, cancellation);
        training.Save(outcome, run.Output(Model));
        File.Copy(outcome.MetricsPath, run.Output(MetricsLog.FileName));
    }
}

/// <summary>What the stage's key rests on beside its inputs.</summary>
public sealed record TeacherVocoderStageSettings(TeacherVocoderSettings Vocoder, SignalParameters Signal);
