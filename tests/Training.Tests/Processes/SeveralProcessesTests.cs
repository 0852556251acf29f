using Tmrvc.Training.Tests.Support;

namespace Tmrvc.Training.Tests.Processes;

/// <summary>Ranks stand here as threads; as processes they are in tests/BuildGraph.Tests and tests/Build.Tests.</summary>
public sealed class SeveralProcessesTests
{
    private SyntheticPipeline _pipeline = null!;

    [OneTimeSetUp]
    public async Task Prepare() => _pipeline = await SyntheticPipeline.Prepared();

    [OneTimeTearDown]
    public void Clear() => _pipeline.Dispose();

    [Test]
    public async Task Two_ranks_take_the_same_hundred_steps_as_one()
    {
        var settings = SyntheticPipeline.Teacher with { Steps = 100, BatchSize = 5, Frames = 32, MinFrames = 16, ValidationInterval = 50, Flow = new() { ContentDropout = 0.1, SpeakerNoise = 0.1 } };
        var alone = await _pipeline.TrainTeacher("hundred-alone", settings);
        var together = await _pipeline.TrainTeacherTogether("hundred-together", settings, 2);
        Same(together[0], alone, steps: 100);
        Assert.That(together[0].Lines, Has.Some.StartWith("2 processes: "));
        Assert.That(together[0].Metrics["communication_share"], Is.GreaterThan(0).And.LessThan(1));
        Assert.That(together[0].Metrics["communication_overlap"], Is.GreaterThan(0).And.LessThanOrEqualTo(1));
    }

    [Test]
    public async Task Noise_that_is_paired_over_the_whole_batch_changes_nothing_about_that()
    {
        var settings = SyntheticPipeline.Teacher with { BatchSize = 5, Flow = new() { OptimalTransport = true } };
        var alone = await _pipeline.TrainTeacher("transport-alone", settings);
        Same((await _pipeline.TrainTeacherTogether("transport-together", settings, 3))[0], alone, settings.Steps);
    }

    [Test]
    public async Task Whole_micro_batches_are_shared_out_where_there_are_enough()
    {
        var settings = SyntheticPipeline.Teacher with { BatchSize = 3, Accumulation = 2 };
        var alone = await _pipeline.TrainTeacher("micro-alone", settings);
        Same((await _pipeline.TrainTeacherTogether("micro-together", settings, 2))[0], alone, settings.Steps);
    }

    [Test]
    public async Task A_rank_that_is_asked_to_stop_stops_all_after_the_same_step_and_one_process_goes_on()
    {
        var settings = SyntheticPipeline.Teacher with { Steps = 40 };
        var alone = await _pipeline.TrainTeacher("stop-alone", settings);
        using var stop = new CancellationTokenSource();
        var together = _pipeline.TrainTeacherTogether("stop", settings, 2, stop.Token);
        stop.CancelAfter(TimeSpan.FromMilliseconds(1));
        Assert.That(async () => await together, Throws.InstanceOf<OperationCanceledException>());
        Assert.That(_pipeline.CheckpointsOf("stop-1-of-2"), Is.Empty);
        var resumed = await _pipeline.TrainTeacher("stop", settings);
        Same(resumed, alone, steps: 40);
    }

    [Test]
    public async Task Two_processes_go_on_from_what_one_has_left()
    {
        var settings = SyntheticPipeline.Teacher;
        var alone = await _pipeline.TrainTeacher("grow-alone", settings);
        _pipeline.InterruptTeacher("grow", settings, after: 5);
        var resumed = (await _pipeline.TrainTeacherTogether("grow", settings, 2))[0];
        Assert.That(resumed.Lines, Has.Some.Contains("goes on from step 5"));
        Same(resumed, alone, settings.Steps);
    }

    private static void Same(RecordedRun found, RecordedRun expected, int steps)
    {
        var (ours, theirs) = (Losses(found), Losses(expected));
        Assert.That(theirs, Has.Count.EqualTo(steps));
        Assert.That(ours.Zip(theirs, (one, other) => Math.Abs(one.Loss - other.Loss)).Max(), Is.LessThan(1e-4));
        Assert.That(ours.Select(line => line.Step), Is.EqualTo(theirs.Select(line => line.Step)));
    }

    private static IReadOnlyList<(long Step, float Loss)> Losses(RecordedRun run) => MetricsFile.Losses(run.Output(MetricsLog.FileName));
}
