using Tmrvc.Audio;
using Tmrvc.Features;
using Tmrvc.Models;
using static TorchSharp.torch;

namespace Tmrvc.Training.Tests.Support;

/// <summary>Students that are narrow and otherwise real.</summary>
public sealed class SmallStudents
{
    public static readonly StudentArchitecture Architecture = new()
    {
        Content = 24, ContentChannels = 32, ConverterChannels = 48, VocoderChannels = 16, RoomChannels = 16, RoomHidden = 8, LoraHidden = 4, Expansion = 2,
        SpeakerEncoder = new() { Channels = 16, Scale = 4, Squeeze = 8 },
    };

    public static readonly SignalParameters Signal = new(24000, 1024, 240, 960, 80, 0, 12000, 1e-10);

    /// <summary>Learns the batches in turn.</summary>
    /// <returns>Mel L1, normalised, of what is said of the judged batch, before and after.</returns>
    public (double Before, double After) Learn(
        FeatureShards shards, MelStatistics statistics, IReadOnlyList<TrajectoryBatch> batches, TrajectoryBatch judged, int steps)
    {
        using var folder = new TemporaryFolder();
        var settings = new DistillationSettings
        {
            Steps = steps, Lr = 5e-3, WarmUp = 5, EmaDecay = 0.8, Lookahead = [0], ContentWeight = 0.1, CosineWeight = 0, EnvelopeWeight = 0.05, Estimates = 0,
            Runtime = SyntheticPipeline.Teacher.Runtime,
        };
        using var student = new DistilledNetworks(Architecture, shards.ContentDimension, 1);
        using var objective = new DistillationObjective(student, settings, Signal, statistics, CPU);
        var before = Judge();
        var phase = settings.Phase("DistillA", settings.Learner<TrajectoryBatch>("student", student, objective.Of), index => batches[(int)(index % batches.Count)]);
        using var outcome = new Trainer<TrajectoryBatch>(phase, CPU, TimeProvider.System).Run(new RecordedRun(folder["run"]), CancellationToken.None);
        return (before, Judge());

        double Judge()
        {
            using var scope = NewDisposeScope();
            using var _ = no_grad();
            return Distance(objective.Speak(judged, Lookahead.None).contiguous().data<float>().ToArray(), judged);
        }
    }

    /// <summary>Mean |Δ| of a normalised mel [B, 80, T] to the speech that the ways lead to.</summary>
    public double Distance(float[] mel, TrajectoryBatch batch)
    {
        var (each, all) = (mel.Length / batch.Said.Features.Size, batch.Positions.Length / batch.Said.Features.Size);
        return mel.Select((value, i) => Math.Abs(value - batch.Positions[i / each * all + all - each + i % each])).Average();
    }
}
