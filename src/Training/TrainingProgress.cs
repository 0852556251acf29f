using System.Globalization;
using Tmrvc.BuildGraph;

namespace Tmrvc.Training;

/// <summary>Tells how far a phase is, at most once a second; speed and time left follow from that.</summary>
internal sealed class TrainingProgress(long steps, long firstStep, StageRun run, TimeProvider clock, TrainingGroup group)
{
    /// <summary>A step that waits longer than this share of the time is short of data.</summary>
    private const double ToleratedWait = 0.02;

    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    private readonly TimeUse _use = new(clock);
    private long _lastReport = clock.GetTimestamp();
    private long _step;
    private double _loss;
    private TimeSpan _waited;

    /// <summary>Does some work, and remembers what the time went into.</summary>
    public void Spend(string work, Action act) => _use.Spend(work, act);

    public void Report(long step, double loss, TimeSpan waited)
    {
        (_step, _loss, _waited) = (step, loss, waited);
        if (step < steps && clock.GetElapsedTime(_lastReport) < Interval) return;
        _lastReport = clock.GetTimestamp();
        run.Progress.Report(new StageProgress(step, steps, "steps", Detail()));
    }

    /// <summary>Leaves the run's speed with its record, and tells it.</summary>
    public void Finish()
    {
        if (_step == 0) return;
        run.Metric("steps_per_second", StepsPerSecond);
        run.Metric("final_loss", _loss);
        run.Metric("data_wait_share", WaitShare);
        foreach (var (work, share) in _use.Shares) run.Metric($"{work}_share", share);
        run.Log(Summary());
        if (group.Size > 1) FinishTogether();
    }

    /// <summary>Of the time since the run began, from 0 to 1.</summary>
    public double WaitShare => _waited / _use.Elapsed;

    public double StepsPerSecond => (_step - firstStep) / _use.Elapsed.TotalSeconds;

    private double CommunicationShare => group.Time.Waiting / _use.Elapsed.TotalSeconds;

    private void FinishTogether()
    {
        run.Metric("processes", group.Size);
        run.Metric("communication_share", CommunicationShare);
        run.Metric("communication_overlap", group.Time.Overlap);
        run.Log(string.Create(CultureInfo.InvariantCulture,
            $"{group.Size} processes: {group.Time.Overlap:P1} of the time that gradients travelled lay within backward, {CommunicationShare:P1} of all time was spent waiting for the others"));
    }

    private string Detail() => string.Create(CultureInfo.InvariantCulture, $"loss {_loss:F4}, {WaitShare:P1} waiting for data");

    private string Summary() => string.Create(
        CultureInfo.InvariantCulture, $"{_step - firstStep} steps, {StepsPerSecond:G3} per second, {WaitShare:P1} of the time waiting for data ({_use})") +
        (WaitShare > ToleratedWait ? $"; more than {ToleratedWait:P0}: raise runtime.prefetch, or give the machine more cores" : "");
}
