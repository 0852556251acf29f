using TorchSharp;
using static TorchSharp.torch;

namespace Tmrvc.Models.Tests;

public sealed class StudentStreamingTests
{
    private const int Frames = 40;
    private const double Tolerance = 1e-5;

    private DisposeScope _scope = null!;

    [SetUp]
    public void Open() => _scope = NewDisposeScope();

    [TearDown]
    public void Close() => _scope.Dispose();

    [Test]
    public void Content_frame_by_frame_equals_the_whole([Values(1, 4)] int each)
    {
        using var encoder = new ContentEncoder(SmallStudent.Architecture, seed: 3);
        var (mel, logF0) = (randn(2, 6, Frames), rand([2, 1, Frames]) * 6);
        var steps = SmallStudent.InSteps(Frames, each, (first, state) => encoder.forward(mel.narrow(2, first, each), logF0.narrow(2, first, each), state));
        Assert.That(SmallTeacher.Distance(steps, encoder.forward(mel, logF0).Output), Is.LessThan(Tolerance));
    }

    [Test]
    public void Conversion_frame_by_frame_equals_the_whole_at_any_lookahead(
        [Values] TimbrePath timbre, [Values(0, 2, 4, 6)] int ahead, [Values(1, 5)] int each)
    {
        using var converter = new Converter(SmallStudent.Architecture with { Timbre = timbre }, seed: 3);
        var content = randn(2, 5, Frames + ahead);
        var (conditions, lookahead) = (SmallStudent.Conditions(2), new Lookahead(ahead));
        var steps = SmallStudent.InSteps(Frames, each, (first, state) =>
            converter.forward(content.narrow(2, first, each + ahead), conditions, state, lookahead));
        var whole = converter.forward(content, conditions, lookahead: lookahead).Output;
        Assert.That(whole.shape, Is.EqualTo(new long[] { 2, 11, Frames }));
        Assert.That(SmallTeacher.Distance(steps, whole), Is.LessThan(Tolerance));
    }

    [Test]
    public void Magnitude_and_phase_frame_by_frame_equal_the_whole()
    {
        using var vocoder = new StudentVocoder(SmallStudent.Architecture, seed: 3);
        var features = randn(2, 11, Frames);
        var whole = vocoder.forward(features);
        var steps = SmallStudent.InSteps(Frames, 1, (first, state) =>
        {
            var frame = vocoder.forward(features.narrow(2, first, 1), state);
            return new Streamed(cat([frame.Magnitude, frame.Cosine, frame.Sine], 1), frame.State);
        });
        Assert.That(SmallTeacher.Distance(steps, cat([whole.Magnitude, whole.Cosine, whole.Sine], 1)), Is.LessThan(Tolerance));
    }

    [Test]
    public void Rooms_ten_frames_at_a_time_equal_the_whole()
    {
        using var estimator = new IrEstimator(SmallStudent.Architecture, seed: 3);
        var mel = randn(2, 6, Frames);
        var steps = SmallStudent.InSteps(Frames, 10, (first, state) => estimator.forward(mel.narrow(2, first, 10), state));
        Assert.That(SmallTeacher.Distance(steps, estimator.forward(mel).Output), Is.LessThan(Tolerance));
        Assert.That(steps.shape, Is.EqualTo(new long[] { 2, 6, 4 }));
    }

    [Test]
    public void A_frame_depends_on_the_lookahead_and_on_nothing_after_it([Values(0, 6)] int ahead)
    {
        using var converter = new Converter(SmallStudent.Architecture, seed: 3);
        var content = randn(1, 5, Frames + ahead);
        var changed = content.clone();
        changed.narrow(2, 20, Frames + ahead - 20).add_(1);
        var conditions = SmallStudent.Conditions(1);
        var difference = (converter.forward(content, conditions, lookahead: new(ahead)).Output
            - converter.forward(changed, conditions, lookahead: new(ahead)).Output).abs().sum([0, 1]).data<float>().ToArray();
        Assert.That(difference.TakeWhile(value => value == 0).Count(), Is.EqualTo(20 - ahead));
    }

    [Test]
    public void States_have_the_frames_of_the_contract()
    {
        var shape = new StudentArchitecture();
        using var converter = new Converter(SmallStudent.Architecture);
        Assert.That(StudentArchitecture.StateFrames(shape.ContentDilations), Is.EqualTo(28));
        Assert.That(converter.StateFrames(Lookahead.None), Is.EqualTo(52));
        Assert.That(converter.StateFrames(new Lookahead(6)), Is.EqualTo(46));
        Assert.That(StudentArchitecture.StateFrames(shape.VocoderDilations), Is.EqualTo(14));
        Assert.That(StudentArchitecture.StateFrames(shape.RoomDilations), Is.EqualTo(6));
    }

    [Test]
    public void The_six_frames_of_the_best_quality_are_seen_by_the_first_four_blocks() =>
        Assert.That(new Lookahead(6).PerBlock(new StudentArchitecture().ConverterDilations), Is.EqualTo(new[] { 1, 1, 2, 2, 0, 0, 0, 0 }));

    [Test]
    public void A_state_of_another_shape_is_refused_with_the_one_that_is_needed()
    {
        using var encoder = new ContentEncoder(SmallStudent.Architecture);
        Assert.That(() => encoder.forward(randn(1, 6, 1), randn(1, 1, 1), zeros(1, 8, 27)),
            Throws.ArgumentException.With.Message.Contains("[1, 8, 27]").And.Message.Contains("[1, 8, 28]"));
    }

    [Test]
    public void A_content_that_is_no_longer_than_the_lookahead_is_refused()
    {
        using var converter = new Converter(SmallStudent.Architecture);
        Assert.That(() => converter.forward(randn(1, 5, 6), SmallStudent.Conditions(1), lookahead: new(6)),
            Throws.ArgumentException.With.Message.Contains("6 frames: more than the lookahead of 6"));
    }
}
