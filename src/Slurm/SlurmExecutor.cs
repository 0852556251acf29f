using System.Collections.Concurrent;
using System.Globalization;
using Tmrvc.BuildGraph;

namespace Tmrvc.Slurm;

/// <summary>
/// Stages as jobs of Slurm. Approach: the engine keeps the order and submits what is ready, one job per stage, which runs that one
/// stage in the same checkout and takes the key's lease like any other process; so a job that lives on where Slurm believes it dead
/// makes its successor wait, and then find the result. Slurm itself requeues nothing. A job carries its key in its comment: a front
/// end that died is followed by one that finds its jobs and waits for them.
/// </summary>
public sealed class SlurmExecutor : IStageExecutor
{
    /// <summary>Slurm gives a cancelled job 30 s to end unless it is set up otherwise (KillWait).</summary>
    private static readonly TimeSpan CancellationPatience = TimeSpan.FromSeconds(90);

    private readonly SlurmSettings _settings;
    private readonly TimeProvider _clock;
    private readonly SlurmPlace _place;
    private readonly JobQueue _queue;
    private readonly PlanFolder _plans;
    private readonly ConcurrentQueue<JobOverhead> _overheads = [];
    private readonly JobSubmission _submission;

    /// <param name="folder">Absolute; for the output of jobs; seen by all nodes under this path.</param>
    /// <param name="profile">As <see cref="EngineOptions.Profile"/>.</param>
    public SlurmExecutor(SlurmSettings settings, JobProgram program, string folder, string profile, TimeProvider clock)
    {
        (_settings, _clock, _place) = (settings, clock, new SlurmPlace(folder, profile));
        _queue = new JobQueue(Interval, TimeSpan.FromSeconds(settings.PatienceSeconds), clock);
        _plans = new PlanFolder(_place.Plans, program.Plan);
        _submission = new JobSubmission(settings, program, _place, _plans, _queue, clock);
    }

    /// <summary>Of the jobs that this executor submitted and that worked to an end.</summary>
    public IReadOnlyCollection<JobOverhead> Overheads => _overheads;

    private TimeSpan Interval => TimeSpan.FromSeconds(_settings.PollSeconds);

    public bool Takes(Stage stage) => _settings.Classes.ContainsKey(ResourceClasses.Of(stage));

    /// <exception cref="SlurmException">Slurm refuses the job or cannot be reached.</exception>
    public async Task<StageJobEnd> RunAsync(StageJob job, StageVoice voice, CancellationToken cancellation)
    {
        long? furthest = null;
        for (var attempt = 1; ; attempt++)
        {
            var end = await RunOnceAsync(job, attempt, voice, cancellation);
            voice.Stopped();
            if (end.State.HasOutputs())
                _place.DeleteOutputs(job);
            if (end.State == StageState.Interrupted)
                voice.Log(end.Reason);
            if (!end.MayGoOn)
                return new StageJobEnd(end.State, end.Reason);
            if (attempt > _settings.Resubmissions)
                return GivenUp(job, $"{end.Reason}; submitted {Text(attempt)} times in this run, {Text(_settings.Resubmissions + 1)} are allowed (resubmissions)");
            if (end.HasRunOutOfTime && furthest >= (end.Done ?? 0))
                return GivenUp(job, $"{end.Reason}, at its time limit and no further than the job before it; allow it more (time, in configs/executors.yaml)");
            furthest = Math.Max(furthest ?? 0, end.Done ?? 0);
            voice.Log($"{end.Reason}; submitting it again");
            if (end.LostItsNode)
                await Task.Delay(attempt * Interval, _clock, cancellation);
        }
    }

    private static StageJobEnd GivenUp(StageJob job, string why) => new(StageState.Failed, $"Stage {job.Stage.Id}: {why}. The next run goes on from here");

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);

    /// <summary>After the last stage: what only its jobs needed goes, unless some of them are still at work.</summary>
    public Task EndAsync() => _plans.EndAsync();

    private async Task<JobEnd> RunOnceAsync(StageJob job, int attempt, StageVoice voice, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        var id = await _submission.FindAsync(job, cancellation);
        voice.Log(id is { } found ? $"job {found} is at work on it already" : $"submitting it as {ResourceClasses.Of(job.Stage)}");
        var submitted = _clock.GetUtcNow();
        var number = id ?? await _submission.SubmitAsync(job, attempt, voice, cancellation);
        var output = new JobOutput(_place.OutputOf(job, number), voice);
        var watch = new JobWatch(job, number, queued => _place.IsOf(job, queued.Comment), output, _queue, Interval, voice, _clock);
        try
        {
            var end = await watch.EndAsync(cancellation);
            if (id is null)
                Note(job.Stage.Id, output, submitted, voice);
            return end with { Done = output.Done };
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            await CancelAsync(number, watch, voice);
            throw;
        }
    }

    private void Note(StageId stage, JobOutput output, DateTimeOffset submitted, StageVoice voice)
    {
        if (output is not { Began: { } began, Worked: { } worked, Ended: { } ended })
            return;
        var overhead = new JobOverhead(stage, began - submitted, worked - began, _clock.GetUtcNow() - ended);
        _overheads.Enqueue(overhead);
        voice.Log(string.Create(CultureInfo.InvariantCulture,
            $"as a job: {overhead.ToStart.TotalSeconds:0.0} s from submission to start, {overhead.ToWork.TotalSeconds:0.0} s to work, {overhead.ToNotice.TotalSeconds:0.0} s from its end to here"));
    }

    /// <summary>A job that cannot be cancelled is left to itself: the next run finds it, or its result.</summary>
    private async Task CancelAsync(long number, JobWatch watch, StageVoice voice)
    {
        try
        {
            using var limit = new CancellationTokenSource(CancellationPatience, _clock);
            await CancelAsync(number, voice, limit.Token);
            await watch.EndAsync(limit.Token);
            voice.Log($"job {number} is cancelled");
        }
        catch (Exception fault) when (fault is SlurmException or OperationCanceledException)
        {
            voice.Log($"job {number} may go on ({fault.Message}); the next run finds it");
        }
    }

    /// <summary>Every stage of a run may be cancelled at this moment, and the controller be slow to answer.</summary>
    private async Task CancelAsync(long number, StageVoice voice, CancellationToken limit)
    {
        while (true)
            try
            {
                await SlurmCommand.RunAsync("scancel", [Text(number)]);
                return;
            }
            catch (SlurmException fault) when (fault.IsTransient)
            {
                voice.Log($"{fault.Message}; trying again");
                await Task.Delay(Interval, _clock, limit);
            }
    }
}
