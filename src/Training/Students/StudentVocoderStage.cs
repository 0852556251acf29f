using Tmrvc.Audio;
using Tmrvc.BuildGraph;
using Tmrvc.Configuration;
using Tmrvc.Corpora;
using Tmrvc.Models;
using TorchSharp;
using static TorchSharp.torch;

namespace Tmrvc.Training;

/// <summary>Trains the student's vocoder on recordings: magnitude and phase from the smooth spectrum behind a mel.</summary>
/// <param name="preprocessing">Stages whose segments it learns from, one per corpus.</param>
public sealed class StudentVocoderStage(
    StageId id, StudentVocoderSettings settings, Constants constants, StudentArchitecture architecture, StageId statistics, params StageId[] preprocessing)
    : StudentPartStage(id, settings)
{
    private readonly IReadOnlyList<StageInput.Output> _segments =
        [.. preprocessing.Select(stage => new StageInput.Output($"segments_{stage}", stage, PreprocessStage.Segments))];

    public override string Description => "Vocoder of the student: magnitude and phase";

    public override int Version => 3;

    public override IReadOnlyList<StageInput> Inputs => 
    [
        TorchLibrary.Tool, .. AudioTools.Of(AudioLibrary.SoundFile, AudioLibrary.Fourier), TrainingInputs.StatisticsOf(statistics), .. _segments,
    ];

    public override IReadOnlyList<string> Networks => [StudentNetworks.VocoderFile];

    public override object Settings => new StudentVocoderStageSettings(settings, architecture, SignalParameters.From(constants));

    private protected override void Train(TrainingRun run, Device device, CancellationToken cancellation)
    {
        var signal = SignalParameters.From(constants);
        var crops = new SpeechCrops(_segments.Select(segments => run.Input(segments.Name)), signal, settings, tracksPitch: true);
        var statisticsOfMel = MelStatistics.Read(run.Input(TrainingInputs.Statistics));
        using var vocoder = new StudentVocoder(architecture, (ulong)settings.Seed);
        vocoder.to(device);
        using var objective = new StudentVocoderObjective(vocoder, settings, signal, statisticsOfMel, device);
        var phase = settings.Phase(run.Stage, settings.Learner<WaveformBatch>("vocoder", vocoder, objective.Of), crops.Draw) with
        {
            Validation = crops.Validation(), Trial = new(settings.BatchSize, crops.Few),
        };
        Learn(run, phase, device, outcome => Save(run, outcome, architecture, ModelFiles.StudentVocoder), cancellation);
    }
}

/// <summary>What the stage's key rests on beside its inputs.</summary>
public sealed record StudentVocoderStageSettings(StudentVocoderSettings Vocoder, StudentArchitecture Architecture, SignalParameters Signal);
