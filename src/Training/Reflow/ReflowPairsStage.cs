using Tmrvc.BuildGraph;
using Tmrvc.Configuration;
using Tmrvc.Corpora;
using Tmrvc.Features;
using Tmrvc.Models;
using TorchSharp;

namespace Tmrvc.Training;

/// <summary>
/// Lets a teacher say the training utterances from noise, in their own voices and in others', and keeps noise and speech: what a
/// straighter flow is learnt from. Finished shards outlive an interruption.
/// </summary>
public sealed class ReflowPairsStage(StageId id, ReflowPairsSettings settings, Constants constants, ReflowPairsInputs inputs) : ActionStage(id)
{
    /// <summary>What <see cref="ReflowPairs.Open"/> reads.</summary>
    public const string Pairs = "pairs";

    private const string Teacher = "teacher";

    private readonly IReadOnlyList<StageInput.Output> _features = TrainingInputs.Features(inputs.Features);

    public override string Description => $"Noise, and what the teacher of {inputs.Teacher} makes of it in {settings.Steps} steps";

    public override int Version => 1;

    public override IReadOnlyList<StageInput> Inputs =>
    [
        TorchLibrary.Tool,
        .. _features,
        TrainingInputs.StatisticsOf(inputs.Statistics),
        new StageInput.Output(TrainingInputs.Embeddings, inputs.Embeddings, SpeakerEncoderStage.Embeddings),
        new StageInput.Output(Teacher, inputs.Teacher, TeacherPhaseStage.Model),
        .. inputs.Gate is { } gate ? [new StageInput.Passed("gate", gate)] : Array.Empty<StageInput>(),
    ];

    public override IReadOnlyList<string> Outputs => [Pairs];

    public override object Settings => new ReflowPairsStageSettings(settings, constants.NIrParams);

    public override StageResources Resources => settings.Runtime.Resources();

    public override Task RunAsync(StageRun run, CancellationToken cancellation) => Task.Run(() => Make(run, cancellation), cancellation);

    private void Make(StageRun run, CancellationToken cancellation)
    {
        var device = settings.Runtime.Prepare();
        using var shards = TrainingInputs.OpenFeatures(run, _features);
        using var embeddings = SpeakerEmbeddings.Open(run.Input(TrainingInputs.Embeddings));
        var statistics = MelStatistics.Read(run.Input(TrainingInputs.Statistics));
        statistics.RequireThoseOf(run.Input(Teacher));
        using var teacher = ModelFiles.Teacher.Load(run.Input(Teacher));
        teacher.to(device);
        teacher.eval();
        var plan = Plan(shards);
        var sampling = new RenditionSampling(teacher, settings, device);
        using var tf32 = new Tf32Scope(settings.Precision);
        Write(run, plan, shards, new PairWriter(new RenditionBatches(shards, statistics, embeddings), sampling, plan, settings.BatchSize), cancellation);
    }

    private List<Rendition> Plan(FeatureShards shards)
    {
        var plan = new RenditionPlan(shards, settings);
        return [.. plan.Of(Split.Train), .. plan.Of(Split.Validation).Take(settings.Validation)];
    }

    private void Write(StageRun run, List<Rendition> plan, FeatureShards shards, PairWriter writer, CancellationToken cancellation)
    {
        var places = PairShards.Divide([.. plan.Select(rendition => PairWriter.BytesOf(rendition, shards))], settings.ShardMebibytes * 1024L * 1024);
        var done = 0;
        for (var shard = 0; shard < places.Count; shard++)
        {
            var path = Path.Combine(run.Unfinished, PairShards.NameOf(shard));
            if (File.Exists(path)) done += places[shard].Count;
            else writer.Write(places[shard], path, Tell, cancellation);
        }
        var folder = Directory.CreateDirectory(run.Output(Pairs)).FullName;
        for (var shard = 0; shard < places.Count; shard++)
            File.Move(Path.Combine(run.Unfinished, PairShards.NameOf(shard)), Path.Combine(folder, PairShards.NameOf(shard)));
        JsonLines.Write(Path.Combine(folder, PairEntry.File), places.SelectMany((members, shard) => members.Select(place => Entry(plan[place], shards, shard))));
        run.Metric("pairs", plan.Count);

        void Tell(int pairs) => run.Progress.Report(new StageProgress(done += pairs, plan.Count, "pairs"));
    }

    private static PairEntry Entry(Rendition rendition, FeatureShards shards, int shard)
    {
        var utterance = shards.Utterances[rendition.Crop.Utterance];
        return new()
        {
            Utterance = utterance.Id, Voice = shards.Speakers[rendition.Voice], Split = utterance.Split,
            Start = rendition.Crop.Start, Frames = rendition.Crop.Frames, Shard = PairShards.NameOf(shard),
        };
    }
}

/// <summary>The stages that the pairs come from.</summary>
/// <param name="Teacher">A phase of it.</param>
/// <param name="Features">One per corpus.</param>
/// <param name="Embeddings">The speaker encoder.</param>
public sealed record ReflowPairsInputs(StageId Teacher, IReadOnlyList<StageId> Features, StageId Statistics, StageId Embeddings)
{
    /// <summary>That must have passed before.</summary>
    public StageId? Gate { get; init; }
}

/// <summary>What the stage's key rests on beside its inputs.</summary>
public sealed record ReflowPairsStageSettings(ReflowPairsSettings Pairs, int IrParameters);
