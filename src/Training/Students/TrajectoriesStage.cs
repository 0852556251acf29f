using System.Numerics.Tensors;
using Tmrvc.Audio;
using Tmrvc.BuildGraph;
using Tmrvc.Configuration;
using Tmrvc.Features;
using static TorchSharp.torch;

namespace Tmrvc.Training;

/// <summary>
/// Keeps where a teacher passes on its way from noise to speech, and what a student hears meanwhile, in half precision: what one of one
/// step is distilled from.
/// </summary>
public sealed class TrajectoriesStage(StageId id, TrajectoriesSettings settings, Constants constants, RenditionInputs inputs)
    : RenditionStage(id, Trajectories, settings, inputs)
{
    /// <summary>What <see cref="TeacherTrajectories.Open"/> reads.</summary>
    public const string Trajectories = "trajectories";

    private readonly StageId _teacher = inputs.Teacher;
    private readonly RoomInputs _rooms = new(inputs.Preprocessing, inputs.Rooms);

    public override string Description => $"The ways of the teacher of {_teacher} from noise to speech in {settings.Steps} steps";

    public override int Version => 2;

    public override IReadOnlyList<StageInput> Inputs => settings.Augmentation is null ? base.Inputs : [.. base.Inputs, .. _rooms.All];

    public override object Settings => new TrajectoriesStageSettings(settings, constants.NIrParams)
    {
        Signal = settings.Augmentation is null ? null : SignalParameters.From(constants),
        Bands = settings.Augmentation is null ? null : Subbands.From(constants),
    };

    private protected override long BytesPerFrame(int mels) => 2L * (settings.Stretches + 2) * mels + sizeof(float);

    private protected override SpeechInRooms? OpenRooms(StageRun run, FeatureShards shards) =>
        settings.Augmentation is { } augmentation ? _rooms.Open(run, shards, constants, augmentation, settings.Seed) : null;

    private protected override RenditionKeeping Keeping(RenditionSampling sampling) => (shard, places, batch) =>
    {
        var features = batch.Features;
        var way = sampling.Trajectory(batch, sampling.Noise(places, features));
        var kept = stack(way.Where((_, step) => step % (settings.Steps / settings.Stretches) == 0).Select(position => position.cpu()).ToArray(), 1);
        var values = kept.contiguous().data<float>().ToArray(); // [B, K + 1, 80, T]
        var (heard, rooms) = (batch.Rooms?.Heard ?? features.LogMel, batch.Rooms?.Parameters ?? new float[features.Size * constants.NIrParams]);
        for (var b = 0; b < places.Length; b++)
            shard
                .Add(TeacherTrajectories.NameOf(places[b]), Halves(features.TakeRows(values, b)), settings.Stretches + 1, features.Mels, features.Lengths[b])
                .Add(TeacherTrajectories.Heard(places[b]), Halves(features.TakeRows(heard, b)), features.Mels, features.Lengths[b])
                .Add(TeacherTrajectories.Room(places[b]), rooms[(b * constants.NIrParams)..((b + 1) * constants.NIrParams)], constants.NIrParams);
    };

    private static Half[] Halves(float[] values)
    {
        var halves = new Half[values.Length];
        TensorPrimitives.ConvertToHalf(values, halves);
        return halves;
    }
}

/// <summary>What the stage's key rests on beside its inputs.</summary>
public sealed record TrajectoriesStageSettings(TrajectoriesSettings Trajectories, int IrParameters)
{
    /// <summary>Where speech is augmented.</summary>
    public SignalParameters? Signal { get; init; }

    /// <summary>Where speech is augmented.</summary>
    public Subbands? Bands { get; init; }
}
