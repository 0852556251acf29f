using System.Numerics.Tensors;
using Tmrvc.BuildGraph;
using Tmrvc.Configuration;
using static TorchSharp.torch;

namespace Tmrvc.Training;

/// <summary>Keeps where a teacher passes on its way from noise to speech, in half precision: what a student of one step is distilled from.</summary>
public sealed class TrajectoriesStage(StageId id, TrajectoriesSettings settings, Constants constants, RenditionInputs inputs)
    : RenditionStage(id, Trajectories, settings, inputs)
{
    /// <summary>What <see cref="TeacherTrajectories.Open"/> reads.</summary>
    public const string Trajectories = "trajectories";

    private readonly StageId _teacher = inputs.Teacher;

    public override string Description => $"The ways of the teacher of {_teacher} from noise to speech in {settings.Steps} steps";

    public override int Version => 1;

    public override object Settings => new TrajectoriesStageSettings(settings, constants.NIrParams);

    private protected override long BytesPerFrame(int mels) => 2L * (settings.Stretches + 1) * mels + sizeof(float);

    private protected override RenditionKeeping Keeping(RenditionSampling sampling) => (shard, places, batch) =>
    {
        var features = batch.Features;
        var way = sampling.Trajectory(batch, sampling.Noise(places, features));
        var kept = stack(way.Where((_, step) => step % (settings.Steps / settings.Stretches) == 0).Select(position => position.cpu()).ToArray(), 1);
        var values = kept.contiguous().data<float>().ToArray(); // [B, K + 1, 80, T]
        for (var b = 0; b < places.Length; b++)
            shard.Add(TeacherTrajectories.NameOf(places[b]), Halves(features.TakeRows(values, b)), settings.Stretches + 1, features.Mels, features.Lengths[b]);
    };

    private static Half[] Halves(float[] values)
    {
        var halves = new Half[values.Length];
        TensorPrimitives.ConvertToHalf(values, halves);
        return halves;
    }
}

/// <summary>What the stage's key rests on beside its inputs.</summary>
public sealed record TrajectoriesStageSettings(TrajectoriesSettings Trajectories, int IrParameters);
