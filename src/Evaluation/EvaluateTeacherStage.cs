using Tmrvc.Audio;
using Tmrvc.BuildGraph;
using Tmrvc.Corpora;
using Tmrvc.Training;
using TorchSharp;

namespace Tmrvc.Evaluation;

/// <summary>Samples fixed validation utterances from a trained teacher, in reconstruction and in conversion to another speaker.</summary>
/// <param name="pitch">What the features' F0 was tracked with.</param>
public sealed class EvaluateTeacherStage(
    StageId id, TeacherEvaluationSettings settings, SignalParameters signal, PitchSettings pitch, TeacherEvaluationInputs inputs)
    : ActionStage(id)
{
    /// <summary>A folder: evaluation.json, mels.safetensors, audio/.</summary>
    public const string Evaluation = "evaluation";

    public override string Description => $"Reconstructions, conversions and figures of {inputs.Teacher.Stage}";

    public override int Version => 3;

    public override IReadOnlyList<StageInput> Inputs =>
    [
        .. inputs.All(settings.Embedder != EmbedderKind.None),
        TorchLibrary.Tool, .. AudioTools.Of(AudioLibrary.SoundFile, AudioLibrary.Fourier),
        .. settings.Networks().Any() ? AudioTools.Of(AudioLibrary.Resampler, AudioLibrary.OnnxRuntime) : [],
    ];

    public override IReadOnlyList<string> Outputs => [Evaluation];

    public override object Settings => new TeacherEvaluationStageSettings(settings, signal, pitch);

    public override StageResources Resources => new() { Cores = int.MaxValue, Gpus = settings.Device == "cuda" ? 1 : 0 };

    public override Task RunAsync(StageRun run, CancellationToken cancellation) => Task.Run(() => Run(run, cancellation), cancellation);

    private void Run(StageRun run, CancellationToken cancellation)
    {
        using var bench = new EvaluationBench(run, settings, signal, inputs, PrepareDevice());
        var evaluator = new TeacherEvaluator(
            bench.Shards, bench.Conversion, bench.Generator, bench.Vocoder, bench.Voices, bench.Opinion, signal, pitch, settings);
        var report = evaluator.Evaluate(inputs.Teacher.Stage, run.Output(Evaluation), bench.Rooms?.Figures() ?? [], run.Progress, cancellation);
        foreach (var figure in report.Figures.Where(figure => figure.Value is not null))
            run.Metric(figure.Name, figure.Value!.Value);
    }

    private torch.Device PrepareDevice()
    {
        torch.set_num_threads(settings.Threads == 0 ? Environment.ProcessorCount : settings.Threads);
        return torch.device(settings.Device != "auto" ? settings.Device : torch.cuda.is_available() ? "cuda" : "cpu");
    }
}

/// <summary>What the stage's key rests on beside its inputs.</summary>
public sealed record TeacherEvaluationStageSettings(TeacherEvaluationSettings Evaluation, SignalParameters Signal, PitchSettings Pitch);
