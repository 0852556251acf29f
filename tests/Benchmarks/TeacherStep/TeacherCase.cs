using Tmrvc.Features;
using Tmrvc.Models;
using Tmrvc.Training;

namespace Tmrvc.Benchmarks.TeacherStep;

/// <summary>A teacher of a preset and a batch of the right shapes and ranges.</summary>
internal sealed record TeacherCase(string Preset, int Batch, int Frames)
{
    public static readonly TeacherDimensions Dimensions = new(Mels: 80, Content: 768, Speaker: 192, IrParameters: 24, Heads: 8);

    public Teacher Teacher() => new(TeacherArchitecture.Preset(Preset, Dimensions), seed: 1);

    /// <summary>Another one for each number; without padding.</summary>
    public TeacherBatch Drawn(long number)
    {
        var random = new Random((int)number);
        float[] Normal(int channels) => [.. Enumerable.Range(0, Batch * channels * Frames).Select(_ => random.NextSingle() * 3.4f - 1.7f)];
        var features = new FeatureBatch
        {
            Plan = new BatchPlan(number, [.. Enumerable.Range(0, Batch).Select(n => new Crop(n, 0, Frames))]),
            Frames = Frames,
            Mels = Dimensions.Mels,
            ContentDimension = Dimensions.Content,
            LogMel = Normal(Dimensions.Mels),
            Content = Normal(Dimensions.Content),
            F0 = [.. Enumerable.Range(0, Batch * Frames).Select(_ => random.NextSingle() < 0.4 ? 0 : 100 + 100 * random.NextSingle())],
            Mask = [.. Enumerable.Repeat(1f, Batch * Frames)],
            SpeakerIndex = new long[Batch],
            Lengths = [.. Enumerable.Repeat((long)Frames, Batch)],
        };
        return new TeacherBatch($"batch {number}", features, [.. Enumerable.Repeat(1 / MathF.Sqrt(Dimensions.Speaker), Batch * Dimensions.Speaker)]);
    }
}
