using Tmrvc.Audio;
using Tmrvc.BuildGraph;
using Tmrvc.Configuration;
using Tmrvc.Corpora;
using Tmrvc.Features;

namespace Tmrvc.Training;

/// <summary>Trains one phase of the teacher; its first weights are a previous phase's or a file's where one is given.</summary>
public sealed class TeacherPhaseStage(
    StageId id, TeacherPhaseSettings settings, Constants constants, TeacherPhaseInputs inputs) : TrainingStage(id)
{
    /// <summary>The averaged weights with architecture and mel statistics in the metadata.</summary>
    public const string Model = "model.safetensors";

    /// <summary>What was trained and how, for people and reports.</summary>
    public const string Summary = "phase.json";

    /// <summary>The estimator of rooms, of phases with a loss on rooms.</summary>
    public const string Rooms = "room_estimator.safetensors";

    private const string InitialWeights = "initial_weights";
    private const string Vocoder = "vocoder";
    private const string SpeakerModel = "speaker_encoder";
    private const string Pairs = "pairs";

    private readonly IReadOnlyList<StageInput.Output> _features = TrainingInputs.Features(inputs.Features);

    public override string Description => $"Teacher {settings.Preset}, {settings.Steps} steps";

    public override int Version => 5;

    public override IReadOnlyList<StageInput> Inputs =>
    [
        TorchLibrary.Tool,
        .. _features,
        TrainingInputs.StatisticsOf(inputs.Statistics),
        new StageInput.Output(TrainingInputs.Embeddings, inputs.Embeddings, SpeakerEncoderStage.Embeddings),
        .. Optional(TrainingInputs.Previous, inputs.Previous, Model),
        .. settings.InitialWeights is { } file ? [new StageInput.File(InitialWeights, file)] : Array.Empty<StageInput>(),
        .. inputs.Gate is { } gate ? [new StageInput.Passed("gate", gate)] : Array.Empty<StageInput>(),
        .. Optional(Vocoder, settings.Losses.Stft > 0 ? inputs.Vocoder : null, TeacherVocoderStage.Model),
        .. Optional(SpeakerModel, settings.Losses.Speaker > 0 ? inputs.Embeddings : null, SpeakerEncoderStage.Model),
        .. settings.Augmentation is null ? [] : Augmenting(),
        .. Optional(Pairs, inputs.Pairs, ReflowPairsStage.Pairs),
    ];

    public override IReadOnlyList<string> Outputs => [Model, MetricsLog.FileName, Summary, .. settings.Losses.Ir > 0 ? [Rooms] : Array.Empty<string>()];

    public override object Settings => new TeacherPhaseStageSettings(settings, constants.NIrParams, constants.TeacherNHeads)
    {
        Signal = settings.Augmentation is null ? null : SignalParameters.From(constants),
        Bands = settings.Augmentation is null ? null : Subbands.From(constants),
    };

    public override string Length => "settings.phase.steps";

    public override string? Deviation(long from) => settings.DeviationOfExtension(from);

    public override TrainingProcesses Processes => settings.Processes(sharesRows: true);

    public override StageResources Resources => settings.Runtime.Resources(Processes.Count);

    public TimeProvider Clock { get; init; } = TimeProvider.System;

    public override Task TrainAsync(TrainingRun run, CancellationToken cancellation) => Task.Run(() => Train(run, cancellation), CancellationToken.None);

    private IReadOnlyList<StageInput.Output> Segments =>
        [.. inputs.Preprocessing.Select(stage => new StageInput.Output($"segments_{stage}", stage, PreprocessStage.Segments))];

    private IReadOnlyList<StageInput.Output> Responses =>
        [.. inputs.Rooms.Select(stage => new StageInput.Output($"responses_{stage}", stage, ImpulseResponsesStage.Responses))];

    private IEnumerable<StageInput> Augmenting() => [.. Segments, .. Responses, .. AudioTools.Of(AudioLibrary.SoundFile, AudioLibrary.Fourier)];

    private static StageInput[] Optional(string name, StageId? stage, string output) =>
        stage is null ? [] : [new StageInput.Output(name, stage, output)];

    private void Train(TrainingRun run, CancellationToken cancellation)
    {
        var device = settings.Runtime.Prepare(run.Place);
        using var shards = TrainingInputs.OpenFeatures(run, _features);
        using var embeddings = SpeakerEmbeddings.Open(run.Input(TrainingInputs.Embeddings));
        var statistics = MelStatistics.Read(run.Input(TrainingInputs.Statistics));
        using var phase = new TeacherPhase(settings, constants, shards, statistics, embeddings, device);
        if (inputs.Previous is not null) phase.StartFrom(run.Input(TrainingInputs.Previous));
        if (settings.InitialWeights is not null) phase.StartFrom(run.Input(InitialWeights));
        if (settings.Losses.Stft > 0) phase.ListenThrough(run.Input(Vocoder));
        if (settings.Losses.Speaker > 0) phase.RecogniseBy(run.Input(SpeakerModel));
        if (settings.Augmentation is { } augmentation)
            phase.Augment(augmentation, Segments.Select(folder => run.Input(folder.Name)), [.. Responses.Select(folder => run.Input(folder.Name))]);
        if (inputs.Pairs is not null) phase.LearnFrom(run.Input(Pairs));
        using var outcome = phase.Run(run, Clock, cancellation);
        phase.Save(outcome, run.Output(Model));
        if (settings.Losses.Ir > 0) phase.SaveRooms(outcome, run.Output(Rooms));
        File.Copy(outcome.MetricsPath, run.Output(MetricsLog.FileName));
        phase.Summarise(run.Stage, outcome, run.Output(Summary));
    }
}

/// <summary>The stages a phase reads from.</summary>
/// <param name="Features">One per corpus.</param>
/// <param name="Embeddings">The speaker encoder.</param>
public sealed record TeacherPhaseInputs(IReadOnlyList<StageId> Features, StageId Statistics, StageId Embeddings)
{
    /// <summary>The phase whose model is the first weights; null to start from drawn ones.</summary>
    public StageId? Previous { get; init; }

    /// <summary>That must have passed before.</summary>
    public StageId? Gate { get; init; }

    /// <summary>Of noise and speech, which are learnt from instead of recordings; null for recordings.</summary>
    public StageId? Pairs { get; init; }

    /// <summary>What a loss on waveforms listens through.</summary>
    public StageId? Vocoder { get; init; }

    /// <summary>Whose segments the features were extracted from: what is augmented.</summary>
    public IReadOnlyList<StageId> Preprocessing { get; init; } = [];

    /// <summary>Those that leave impulse responses.</summary>
    public IReadOnlyList<StageId> Rooms { get; init; } = [];
}

/// <summary>What the stage's key rests on beside its inputs.</summary>
public sealed record TeacherPhaseStageSettings(TeacherPhaseSettings Phase, int IrParameters, int Heads)
{
    /// <summary>Where speech is augmented.</summary>
    public SignalParameters? Signal { get; init; }

    /// <summary>Where speech is augmented.</summary>
    public Subbands? Bands { get; init; }
}
