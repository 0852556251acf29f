using Tmrvc.Audio;
using Tmrvc.BuildGraph;
using Tmrvc.Corpora;
using Tmrvc.Features;
using Tmrvc.Training;

namespace Tmrvc.Evaluation;

/// <summary>Samples fixed validation utterances from a trained teacher, in reconstruction and in conversion to another speaker.</summary>
/// <param name="features">As they were extracted: what tracked their F0 also follows what is generated.</param>
public sealed class EvaluateTeacherStage(
    StageId id, TeacherEvaluationSettings settings, SignalParameters signal, FeaturesSettings features, TeacherEvaluationInputs inputs)
    : ActionStage(id)
{
    /// <summary>A folder: evaluation.json, mels.safetensors, audio/.</summary>
    public const string Evaluation = "evaluation";

    public override string Description => $"Reconstructions, conversions and figures of {inputs.Teacher.Stage}";

    public override int Version => 6;

    public override IReadOnlyList<StageInput> Inputs =>
    [
        .. inputs.All(settings.Embedder != EmbedderKind.None),
        TorchLibrary.Tool, .. AudioTools.Of([.. Libraries().Distinct()]),
    ];

    public override IReadOnlyList<string> Outputs => [Evaluation];

    public override object Settings => new TeacherEvaluationStageSettings(
        settings, signal, features.F0, features.F0 == F0Kind.Pyin ? features.Pitch : null, features.F0 == F0Kind.Rmvpe ? features.Rmvpe : null);

    public override StageResources Resources => new() { Cores = int.MaxValue, Gpus = settings.Device == DeviceChoice.Cuda ? 1 : 0 };

    internal IEnumerable<AudioLibrary> Libraries() =>
    [
        AudioLibrary.SoundFile, AudioLibrary.Fourier,
        .. settings.Networks().Any() || features.F0 == F0Kind.Rmvpe ? [AudioLibrary.Resampler, AudioLibrary.OnnxRuntime] : Array.Empty<AudioLibrary>(),
        .. inputs.Words is null ? [] : new[] { AudioLibrary.Resampler, AudioLibrary.SpeechRecognizer },
    ];

    public override Task RunAsync(StageRun run, CancellationToken cancellation) => Task.Run(() => Run(run, cancellation), cancellation);

    private void Run(StageRun run, CancellationToken cancellation)
    {
        using var tf32 = new Tf32Scope(Precision.Float32);
        using var bench = new EvaluationBench(run, settings, signal, features, inputs, settings.Device.Prepare(settings.Threads));
        var report = new TeacherEvaluator(bench, signal, settings).Evaluate(inputs.Teacher.Stage, run.Output(Evaluation), run.Progress, cancellation);
        foreach (var figure in report.Figures.Where(figure => figure.Value is not null))
            run.Metric(figure.Name, figure.Value!.Value);
    }
}

/// <summary>What the stage's key rests on beside its inputs.</summary>
public sealed record TeacherEvaluationStageSettings(
    TeacherEvaluationSettings Evaluation, SignalParameters Signal, F0Kind F0, PitchSettings? Pitch, RmvpeSettings? Rmvpe);
