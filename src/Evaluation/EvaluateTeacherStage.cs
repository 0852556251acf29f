using Tmrvc.Audio;
using Tmrvc.BuildGraph;
using Tmrvc.Corpora;
using Tmrvc.Features;
using Tmrvc.Models;
using Tmrvc.Training;
using TorchSharp;

namespace Tmrvc.Evaluation;

/// <summary>What an evaluation reads from other stages.</summary>
/// <param name="Teacher">The phase's averaged weights.</param>
/// <param name="Statistics">Mel statistics.</param>
/// <param name="Embeddings">Speaker embeddings.</param>
/// <param name="Features">One folder of shards per corpus.</param>
public sealed record TeacherEvaluationInputs(
    StageInput.Output Teacher, StageInput.Output Statistics, StageInput.Output Embeddings, IReadOnlyList<StageInput.Output> Features);

/// <summary>Samples fixed validation utterances from a trained teacher, in reconstruction and in conversion to another speaker.</summary>
/// <param name="pitch">What the features' F0 was tracked with.</param>
public sealed class EvaluateTeacherStage(
    StageId id, TeacherEvaluationSettings settings, SignalParameters signal, PitchSettings pitch, TeacherEvaluationInputs inputs)
    : ActionStage(id)
{
    /// <summary>A folder: evaluation.json, mels.safetensors, audio/.</summary>
    public const string Evaluation = "evaluation";

    public override string Description => $"Reconstructions, conversions and figures of {inputs.Teacher.Stage}";

    public override int Version => 1;

    public override IReadOnlyList<StageInput> Inputs =>
    [
        inputs.Teacher, inputs.Statistics, inputs.Embeddings, .. inputs.Features,
        TorchLibrary.Tool, .. AudioTools.Of(AudioLibrary.SoundFile, AudioLibrary.Fourier),
    ];

    public override IReadOnlyList<string> Outputs => [Evaluation];

    public override object Settings => new TeacherEvaluationStageSettings(settings, signal, pitch);

    public override StageResources Resources => new() { Cores = int.MaxValue, Gpus = settings.Device == "cuda" ? 1 : 0 };

    public override Task RunAsync(StageRun run, CancellationToken cancellation) => Task.Run(() => Run(run, cancellation), cancellation);

    private void Run(StageRun run, CancellationToken cancellation)
    {
        var device = PrepareDevice();
        using var shards = FeatureShards.Open([.. inputs.Features.Select(corpus => run.Input(corpus.Name))]);
        using var embeddings = SpeakerEmbeddings.Open(run.Input(inputs.Embeddings.Name));
        using var teacher = ModelFiles.Teacher.Load(run.Input(inputs.Teacher.Name));
        teacher.to(device);
        teacher.eval();
        var statistics = MelStatistics.Read(run.Input(inputs.Statistics.Name));
        var generator = new MelGenerator(teacher, statistics, new EulerSampler { Steps = settings.Steps }, device);
        var conversion = new VoiceConversion(shards, embeddings, settings.LongestSample);
        var evaluator = new TeacherEvaluator(shards, conversion, generator, signal, pitch, settings);
        var report = evaluator.Evaluate(inputs.Teacher.Stage, run.Output(Evaluation), run.Progress, cancellation);
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
