using Tmrvc.ArtifactStore;
using Tmrvc.BuildGraph;
using Tmrvc.Configuration;
using Tmrvc.Corpora;
using Tmrvc.Features;
using Tmrvc.Models;
using TorchSharp;

namespace Tmrvc.Training;

/// <summary>
/// Lets a teacher say the training utterances, in their own voices and in others', and keeps what is to be learnt from it in shards.
/// Finished shards outlive an interruption.
/// </summary>
/// <param name="kind">Name of the output, of its index and of its shards.</param>
public abstract class RenditionStage(StageId id, string kind, KeptRenditionSettings settings, RenditionInputs inputs) : ActionStage(id)
{
    private const string Teacher = "teacher";

    private readonly IReadOnlyList<StageInput.Output> _features = TrainingInputs.Features(inputs.Features);

    public override IReadOnlyList<StageInput> Inputs =>
    [
        TorchLibrary.Tool,
        .. _features,
        TrainingInputs.StatisticsOf(inputs.Statistics),
        new StageInput.Output(TrainingInputs.Embeddings, inputs.Embeddings, SpeakerEncoderStage.Embeddings),
        new StageInput.Output(Teacher, inputs.Teacher, TeacherPhaseStage.Model),
        .. inputs.Gate is { } gate ? [new StageInput.Passed("gate", gate)] : Array.Empty<StageInput>(),
    ];

    public override IReadOnlyList<string> Outputs => [kind];

    public override StageResources Resources => settings.Runtime.Resources();

    public override Task RunAsync(StageRun run, CancellationToken cancellation) => Task.Run(() => Make(run, cancellation), cancellation);

    /// <summary>Bytes that a frame of a rendition takes in its shard.</summary>
    private protected abstract long BytesPerFrame(int mels);

    private protected abstract RenditionKeeping Keeping(RenditionSampling sampling);

    /// <summary>What changes the speech before it is said; null where it stays as recorded.</summary>
    private protected virtual SpeechInRooms? OpenRooms(StageRun run, FeatureShards shards) => null;

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
        using var tf32 = new Tf32Scope(settings.Precision);
        var keeping = Keeping(new RenditionSampling(teacher, settings, device));
        using var rooms = OpenRooms(run, shards);
        var batches = new RenditionBatches(shards, statistics, embeddings, rooms is null ? null : rooms.Of);
        Write(run, plan, shards, new RenditionWriter(batches, plan, settings.BatchSize, keeping), cancellation);
    }

    private List<Rendition> Plan(FeatureShards shards)
    {
        var plan = new RenditionPlan(shards, settings);
        return [.. plan.Of(Split.Train), .. plan.Spread(Split.Validation, settings.Validation)];
    }

    private void Write(StageRun run, List<Rendition> plan, FeatureShards shards, RenditionWriter writer, CancellationToken cancellation)
    {
        long[] bytes = [.. plan.Select(rendition => BytesPerFrame(shards.Mels) * rendition.Crop.Frames)];
        var places = RenditionShards.Divide(bytes, settings.ShardMebibytes * 1024L * 1024);
        var missing = places.Where((_, shard) => !File.Exists(Unfinished(run, shard))).SelectMany(members => members).ToList();
        FreeSpace.Require(run.Unfinished, missing.Sum(place => (double)bytes[place]), $"{missing.Count} {kind} that are not there yet");
        var done = 0;
        for (var shard = 0; shard < places.Count; shard++)
        {
            var path = Unfinished(run, shard);
            if (File.Exists(path)) done += places[shard].Count;
            else writer.Write(places[shard], path, Tell, cancellation);
        }
        Publish(run, places, (place, shard) => Entry(plan[place], shards, shard));
        run.Metric(kind, plan.Count);

        void Tell(int renditions) => run.Progress.Report(new StageProgress(done += renditions, plan.Count, kind));
    }

    private string Unfinished(StageRun run, int shard) => Path.Combine(run.Unfinished, RenditionShards.NameOf(kind, shard));

    private void Publish(StageRun run, IReadOnlyList<IReadOnlyList<int>> places, Func<int, int, RenditionEntry> entry)
    {
        var folder = Directory.CreateDirectory(run.Output(kind)).FullName;
        for (var shard = 0; shard < places.Count; shard++)
            File.Move(Unfinished(run, shard), Path.Combine(folder, RenditionShards.NameOf(kind, shard)));
        JsonLines.Write(Path.Combine(folder, RenditionShards.IndexOf(kind)), places.SelectMany((members, shard) => members.Select(place => entry(place, shard))));
    }

    private RenditionEntry Entry(Rendition rendition, FeatureShards shards, int shard)
    {
        var utterance = shards.Utterances[rendition.Crop.Utterance];
        return new()
        {
            Utterance = utterance.Id, Voice = shards.Speakers[rendition.Voice], Split = utterance.Split,
            Start = rendition.Crop.Start, Frames = rendition.Crop.Frames, Shard = RenditionShards.NameOf(kind, shard),
        };
    }
}

/// <summary>The stages that renditions come from.</summary>
/// <param name="Teacher">A phase of it.</param>
/// <param name="Features">One per corpus.</param>
/// <param name="Embeddings">The speaker encoder.</param>
public sealed record RenditionInputs(StageId Teacher, IReadOnlyList<StageId> Features, StageId Statistics, StageId Embeddings)
{
    /// <summary>That must have passed before.</summary>
    public StageId? Gate { get; init; }

    /// <summary>Whose segments the features were extracted from, where speech is changed before it is said.</summary>
    public IReadOnlyList<StageId> Preprocessing { get; init; } = [];

    /// <summary>Those that leave impulse responses, likewise.</summary>
    public IReadOnlyList<StageId> Rooms { get; init; } = [];
}
