using Tmrvc.BuildGraph;
using static TorchSharp.torch;

namespace Tmrvc.Training;

/// <summary>
/// Runs a phase: batches from the feed, updates of each learner, metrics, validation, checkpoints. On a CPU, with the same
/// number of threads, an interrupted and resumed run ends in the same bits as an undisturbed one.
/// </summary>
public sealed class Trainer<TBatch>(Phase<TBatch> phase, Device device, TimeProvider clock) where TBatch : ITrainingBatch
{
    private const int ValidationStream = int.MaxValue / 2;
    private const int TrialStream = int.MaxValue / 4;

    /// <summary>Of the device; null where nothing tells it.</summary>
    internal IDeviceMemory? Memory { get; init; } = DeviceDescription.MemoryOf(device);

    /// <summary>Trains to the phase's last step, from the latest usable checkpoint if there is one.</summary>
    /// <exception cref="NonFiniteLossException">A loss or gradient became NaN or infinite.</exception>
    /// <exception cref="LossSpikeException">Losses stayed far above those before them; the steps before are in the checkpoints.</exception>
    /// <exception cref="MemoryShortageException">The device has not the memory for a step; nothing was computed.</exception>
    /// <exception cref="OperationCanceledException">Cancelled; the steps done so far are in a checkpoint, unless their losses were too high.</exception>
    public TrainingOutcome Run(TrainingRun run, CancellationToken cancellation)
    {
        using var tf32 = new Tf32Scope(phase.Precision);
        using var group = TrainingGroup.Join(run.Place, device, clock);
        var division = new Division(group.Share, phase.Accumulation);
        using var session = new TrainingSession<TBatch>(phase, run, clock, group);
        run.Log(Preflight(session, division));
        using var feed = Feed(session.Step, division);
        var progress = new TrainingProgress(phase.Steps, session.Step, run, clock, group);
        var isDue = false; // a checkpoint
        if (session.Step == 0) Judge(session, progress);
        while (session.Step < phase.Steps)
        {
            if (group.Any(cancellation.IsCancellationRequested)) Interrupt(session, run, cancellation);
            double loss = 0;
            progress.Spend("steps", () => loss = TakeStep(session, feed, division));
            if (session.Step % phase.ValidationInterval == 0 || session.Step == phase.Steps) Judge(session, progress);
            progress.Report(session.Step, loss, feed.Waited);
            if (session.Step % phase.ValidationInterval == 0) session.RecordSpeed(progress);
            isDue |= session.Step % phase.CheckpointInterval == 0;
            if (session.Step < phase.Steps && !(isDue && session.IsHealthy)) continue;
            progress.Spend("checkpoints", session.Save);
            isDue = false;
        }
        return session.Finish(progress);
    }

    private BatchFeed<TBatch> Feed(long step, Division division) => new(
        index => division.Batch(phase, index), division.Indices(phase.MicroBatchesBefore(step), phase.MicroBatchesBefore(phase.Steps)), phase.Prefetch, clock);

    private string Preflight(TrainingSession<TBatch> session, Division division)
    {
        var described = DeviceDescription.Of(device);
        if (phase.Trial is not { } trial || Memory is null || session.Step == phase.Steps) return described;
        var preflight = new MemoryPreflight<TBatch>(phase, Memory, clock);
        return $"{described}; {preflight.Require(trial with { BatchSize = division.Rows(trial.BatchSize) }, batch => Try(session, batch))}";
    }

    /// <summary>The gradients of a step, which nobody uses; of the last one, when all that is to be learnt is on.</summary>
    private void Try(TrainingSession<TBatch> session, TBatch batch)
    {
        using var scope = NewDisposeScope();
        foreach (var learner in session.Learners) learner.Rehearse(batch, _ => new StepRandom(phase.Seed, phase.Steps, TrialStream, device));
    }

    private static void Interrupt(TrainingSession<TBatch> session, TrainingRun run, CancellationToken cancellation)
    {
        if (session.Step > 0 && session.IsHealthy) session.Save();
        run.Log($"Stopped after step {session.Step}; the next run goes on from {(session.IsHealthy ? "there" : "the latest checkpoint, for the losses were too high")}.");
        throw new OperationCanceledException(cancellation);
    }

    private double TakeStep(TrainingSession<TBatch> session, BatchFeed<TBatch> feed, Division division)
    {
        using var scope = NewDisposeScope();
        var results = new List<UpdateResult>();
        var stream = 0; // of randomness; 0 as long as no learner has been updated
        foreach (var learner in session.LearnersAt(session.Step))
        {
            for (var repeat = 0; repeat < learner.Learner.UpdatesPerStep; repeat++)
            {
                var result = Update(session, learner, repeat, feed, stream, division);
                stream += phase.Accumulation;
                if (repeat == learner.Learner.UpdatesPerStep - 1) results.Add(result);
            }
        }
        session.Record(results);
        return results[0].Loss;
    }

    private UpdateResult Update(TrainingSession<TBatch> session, LearnerRun<TBatch> learner, int repeat, BatchFeed<TBatch> feed, int stream, Division division)
    {
        var step = session.Step;
        var batches = Enumerable.Range(0, division.Count).Select(_ => feed.Next()).ToList();
        var result = learner.Accumulate(batches, i => new StepRandom(phase.Seed, step, stream + division.First + i, device), phase.Accumulation);
        string[] names = [.. batches.Select(batch => batch.Name)];
        session.RequireFinite(result, names);
        if (learner == session.Learners[0] && repeat == learner.Learner.UpdatesPerStep - 1)
            session.RequireUsual(result, names, earlier => Again(learner, earlier, stream, division));
        learner.Apply(learner.Learner.UpdatesBefore(step) + repeat + 1, learner.Learner.RateAt(step), result.GradientNorm);
        return result;
    }

    /// <summary>The loss of a step done, under the present weights.</summary>
    private double Again(LearnerRun<TBatch> learner, long step, int stream, Division division)
    {
        var first = phase.MicroBatchesBefore(step) + stream;
        var batches = division.Indices(first, first + phase.Accumulation).Select(index => division.Batch(phase, index));
        return learner.Loss([.. batches], i => new StepRandom(phase.Seed, step, stream + division.First + i, device), phase.Accumulation);
    }

    private void Judge(TrainingSession<TBatch> session, TrainingProgress progress)
    {
        if (!session.Writes) return;
        progress.Spend("validation", () => Validate(session));
        progress.Spend("exhibits", session.Show);
    }

    private void Validate(TrainingSession<TBatch> session)
    {
        if (phase.Validation.Count == 0) return;
        session.RecordValidation(session.Learners[0].Validate(
            phase.Validation, i => new StepRandom(phase.Seed, step: 0, ValidationStream + i, device)));
    }
}
