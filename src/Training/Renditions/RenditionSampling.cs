using Tmrvc.Features;
using Tmrvc.Models;
using static TorchSharp.torch;

namespace Tmrvc.Training;

/// <summary>Lets a teacher say renditions, from noise along its flow to speech. Mels are clamped and normalised.</summary>
public sealed class RenditionSampling(Teacher teacher, RenditionSettings settings, Device device)
{
    private const int NoiseStream = int.MaxValue / 8;

    private readonly EulerSampler _sampler = new() { Steps = settings.Steps };

    /// <summary>Of each rendition its own, whatever else is in the batch: a function of the seed, its place in the plan and its length.</summary>
    /// <param name="places">[B].</param>
    /// <returns>[B, 80, T], N(0, 1), 0 outside each length.</returns>
    public float[] Noise(IReadOnlyList<int> places, FeatureBatch features)
    {
        var noise = new float[features.LogMel.Length];
        for (var b = 0; b < features.Size; b++)
        {
            using var random = new StepRandom(settings.Seed, step: places[b], NoiseStream, CPU);
            using var drawn = random.Normal(features.Mels, features.Lengths[b]);
            features.PutRows(drawn.data<float>().ToArray(), b, noise);
        }
        return noise;
    }

    /// <summary>What the teacher makes of the noise.</summary>
    /// <returns>[B, 80, T]; belongs to the caller's scope.</returns>
    public Tensor Speak(TeacherBatch batch, float[] noise) => Along(batch, noise, _sampler.Sample);

    /// <summary>The same with all that lies between.</summary>
    /// <returns>One more than steps: the noise at t = 1, …, the speech at t = 0. They belong to the caller's scope.</returns>
    public IReadOnlyList<Tensor> Trajectory(TeacherBatch batch, float[] noise) => Along(batch, noise, _sampler.Trajectory);

    private T Along<T>(TeacherBatch batch, float[] noise, Func<Tensor, VelocityField, T> follow)
    {
        var conditions = batch.Conditions(teacher.Architecture.Dimensions, device);
        var start = tensor(noise, [batch.Features.Size, batch.Features.Mels, batch.Features.Frames], device: device);
        var free = ConditionDropout.Unconditional(conditions);
        return follow(start, EulerSampler.Guided(Under(conditions), Under(free), settings.Guidance));
    }

    private VelocityField Under(TeacherConditions conditions) => (position, time) => teacher.call(position, time, conditions);
}
