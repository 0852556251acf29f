using Tmrvc.Models;
using Tmrvc.Training;
using static TorchSharp.torch;

namespace Tmrvc.Evaluation;

/// <summary>Samples log-mels from a teacher, and measures its velocity loss.</summary>
/// <param name="guidance">Scale of classifier-free guidance; 1 is none.</param>
public sealed class MelGenerator(Teacher teacher, MelStatistics statistics, EulerSampler sampler, Device device, double guidance = 1)
{
    private TeacherDimensions Dimensions => teacher.Architecture.Dimensions;

    /// <summary>Natural-log mel, [80, T].</summary>
    public float[] Generate(UtteranceConditions utterance, ulong seed)
    {
        using var scope = NewDisposeScope();
        var conditions = utterance.On(device, Dimensions);
        var mel = sampler.Sample(Noise(utterance.Frames, seed), Field(conditions)); // [1, 80, T]
        var logMel = mel.cpu().contiguous().data<float>().ToArray();
        statistics.Restore(logMel);
        return logMel;
    }

    private VelocityField Field(TeacherConditions conditions)
    {
        var free = ConditionDropout.Unconditional(conditions);
        return EulerSampler.Guided(
            (position, time) => teacher.call(position, time, conditions), (position, time) => teacher.call(position, time, free), guidance);
    }

    /// <summary>A recording's mel as a teacher could at best give it: not below the clamp of its statistics.</summary>
    public float[] Clamped(float[] logMel) => [.. logMel.Select(value => Math.Max(value, statistics.Clamp))];

    /// <summary>Mean squared error of the velocity at one time.</summary>
    /// <param name="logMel">[80, T], natural log.</param>
    /// <param name="time">In [0, 1].</param>
    public double VelocityLoss(UtteranceConditions utterance, ReadOnlySpan<float> logMel, double time, ulong seed)
    {
        using var scope = NewDisposeScope();
        using var withoutGradient = no_grad();
        var normalised = logMel.ToArray();
        statistics.Normalise(normalised);
        var clean = tensor(normalised, [1, Dimensions.Mels, utterance.Frames], device: device);
        var noise = Noise(utterance.Frames, seed);
        var times = full([1], time, device: device);
        var velocity = teacher.call(RectifiedFlow.Position(clean, noise, times), times, utterance.On(device, Dimensions));
        return (velocity - RectifiedFlow.Velocity(clean, noise)).square().mean().item<float>();
    }

    /// <summary>N(0, 1) drawn on the CPU, so that every device starts from the same noise. [1, 80, T]</summary>
    private Tensor Noise(int frames, ulong seed)
    {
        using var generator = new Generator(seed);
        return randn([1, Dimensions.Mels, frames], generator: generator).to(device);
    }
}
