using Tmrvc.Models.Layers;
using TorchSharp;
using static TorchSharp.torch;

namespace Tmrvc.Models.Tests;

public sealed class LevelRateTests
{
    [TestCase(1, new[] { 0.5f, 2.5f, 4.5f, 6.5f, 8.5f, 10 })]
    [TestCase(2, new[] { 1.5f, 5.5f, 9.5f })]
    [TestCase(3, new[] { 3.5f, 10 })]
    [TestCase(4, new[] { 7.5f })]
    public void A_ramp_is_read_at_the_centre_of_each_frame_and_held_at_its_end(int level, float[] expected)
    {
        using var scope = NewDisposeScope();
        var ramp = arange(11, dtype: ScalarType.Float32).view(1, 1, 11);
        var pyramid = new ContentPyramid(ramp, mask: null, depth: 4);
        Assert.That(pyramid.Frames(level).data<float>().ToArray(), Is.EqualTo(expected));
    }

    [Test]
    public void Levels_equal_linear_interpolation_where_the_length_divides([Values(1, 2, 3, 4)] int level)
    {
        using var scope = NewDisposeScope();
        var context = randn(2, 3, 64);
        var interpolated = nn.functional.interpolate(context, size: [64 >> level], mode: InterpolationMode.Linear, align_corners: false);
        Assert.That(SmallTeacher.Distance(new ContentPyramid(context, null, 4).Frames(level), interpolated), Is.LessThan(1e-6));
    }

    [Test]
    public void A_mask_counts_half_of_the_frames_rounded_up_at_each_level()
    {
        using var scope = NewDisposeScope();
        var mask = new FrameMask(arange(40).lt(21).to(ScalarType.Float32).view(1, 1, 40), depth: 4);
        Assert.That(Enumerable.Range(0, 5).Select(level => mask.Count(level).item<float>()), Is.EqualTo(new float[] { 21, 11, 6, 3, 2 }));
    }

    [Test]
    public void Pitch_features_tell_semitones_apart_and_are_silent_without_voice()
    {
        using var scope = NewDisposeScope();
        var logF0 = tensor(new[] { 5f, 5f + MathF.Log(2) / 12, 0 }, [1, 1, 3]);
        var features = PitchFeatures.Of(logF0, tensor(new[] { 1f, 1, 0 }, [1, 1, 3]));
        Assert.That(features.shape, Is.EqualTo(new long[] { 1, PitchFeatures.Dimension, 3 }));
        Assert.That((features.select(2, 0) - features.select(2, 1)).norm().item<float>(), Is.GreaterThan(0.5));
        Assert.That(features.select(2, 2).abs().max().item<float>(), Is.Zero);
    }
}
