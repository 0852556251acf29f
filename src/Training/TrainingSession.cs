using System.Globalization;
using System.Text.Json.Nodes;
using Tmrvc.BuildGraph;
using Tmrvc.Models;
using static TorchSharp.torch;

namespace Tmrvc.Training;

/// <summary>The state of a run that moves from step to step, and its way to the disk and back.</summary>
internal sealed class TrainingSession<TBatch> : IDisposable where TBatch : ITrainingBatch
{
    private const string Best = "best.safetensors";

    private readonly Phase<TBatch> _phase;
    private readonly TrainingRun _run;
    private readonly TrainingGroup _group;
    private readonly CheckpointFolder _checkpoints;
    private readonly MetricsLog _metrics;
    private readonly TrainingEvents _events;
    private readonly LossSpikeGuard _spikes;
    private readonly BestWeights? _best;
    private CheckpointState _state;

    public TrainingSession(Phase<TBatch> phase, TrainingRun run, TimeProvider clock, TrainingGroup group)
    {
        _phase = phase;
        _run = run;
        _group = group;
        _checkpoints = new CheckpointFolder(run.Checkpoints, run.Log);
        Learners = [.. phase.Learners.Select(l => new LearnerRun<TBatch>(l, group))];
        if (phase.Keep == KeptWeights.Best && phase.Validation.Count > 0) _best = new BestWeights(Learners[0].FinalWeights());
        File.Delete(MetricsPath);
        File.Delete(Path.Combine(run.Checkpoints, HaltReport.FileName));
        var latest = _checkpoints.FindLatest();
        if (latest is not null) Restore(latest);
        _state = Agree(latest?.State ?? new CheckpointState(0, BestLoss: null, BestStep: 0));
        _events = TrainingEvents.Open(run.Events, Step, phase.Steps, MetricsPath, clock);
        _spikes = new LossSpikeGuard(phase.LossSpike);
        foreach (var loss in _group.Told(LossesSoFar()).Where(double.IsFinite)) _spikes.Add(loss);
        _metrics = new MetricsLog(MetricsPath);
    }

    public IReadOnlyList<LearnerRun<TBatch>> Learners { get; }

    /// <summary>Those that a step changes.</summary>
    public IEnumerable<LearnerRun<TBatch>> LearnersAt(long step) => Learners.Where(learner => learner.Learner.LearnsAt(step));

    /// <summary>Whether this process validates, shows and keeps; of several, one does.</summary>
    public bool Writes => _group.IsFirst;

    /// <summary>Steps done.</summary>
    public long Step => _state.Step;

    private string MetricsPath => Path.Combine(_run.Checkpoints, MetricsLog.FileName);

    /// <summary>Whether the losses so far are as usual; weights that may have diverged are not to replace those of a checkpoint.</summary>
    public bool IsHealthy => _spikes.Above == 0;

    /// <exception cref="NonFiniteLossException"/>
    public void RequireFinite(UpdateResult result, IReadOnlyList<string> batches)
    {
        if (double.IsFinite(result.Loss) && double.IsFinite(result.GradientNorm)) return;
        new HaltReport(Step, batches, result.Loss, result.GradientNorm).Write(_run.Checkpoints);
        throw new NonFiniteLossException(_phase.Name, Step, string.Join(" + ", batches), result.Loss, result.GradientNorm);
    }

    /// <summary>Takes note of the phase's own loss, and stops the run when it has been too high for too long.</summary>
    /// <param name="again">Loss of the batch of a step done, with its own randomness, under the present weights.</param>
    /// <exception cref="LossSpikeException"/>
    public void RequireUsual(UpdateResult result, IReadOnlyList<string> batches, Func<long, double> again)
    {
        var limit = _spikes.Limit;
        _spikes.Add((float)result.Loss);
        if (IsHealthy) return;
        var (first, names) = (Step - _spikes.Above + 1, string.Join(" + ", batches));
        _run.Log(string.Create(CultureInfo.InvariantCulture, $"Step {Step}: loss {result.Loss:G4} is above {limit:G4}, {_spikes.Above} in a row; batch {BatchNames.Short(batches)}."));
        if (!_spikes.IsExhausted) return;
        var spike = new LossSpike(first, Step, names, result.Loss, limit, again(first - 1));
        new HaltReport(Step, batches, result.Loss, result.GradientNorm) { Spike = spike }.Write(_run.Checkpoints);
        throw new LossSpikeException(_phase.Name, spike);
    }

    /// <summary>Counts a step as done and logs it.</summary>
    public void Record(IReadOnlyList<UpdateResult> results)
    {
        var entries = LearnersAt(Step).Zip(results).SelectMany(pair => Entries(pair.First.Learner, pair.Second));
        Write(entries);
        _state = _state with { Step = Step + 1 };
    }

    /// <summary>Logs the loss and, where it has several, its terms.</summary>
    public void RecordValidation(ValidationResult result)
    {
        var loss = result.Loss;
        var terms = result.Terms.Count == 1 ? [] : result.Terms.Select(term => (MetricsLog.Validation + term.Name, (JsonNode)(float)term.Value));
        Write([(MetricsLog.ValidationLoss, (float)loss), .. terms]);
        if (_state.BestLoss is { } best && !(loss < best)) return;
        _best?.Take(Learners[0].FinalWeights());
        _state = _state with { BestLoss = loss, BestStep = Step };
    }

    /// <summary>Lets people see and hear how far the first learner is.</summary>
    public void Show()
    {
        if (_phase.Exhibits is { } exhibits) Learners[0].Judged(() => _events.Show(Step, exhibits(Step)));
    }

    /// <summary>For those who watch: times are no part of the metrics.</summary>
    public void RecordSpeed(TrainingProgress progress) => _events.Scalars(
        Step, [("speed/steps_per_second", progress.StepsPerSecond), ("speed/data_wait_share", progress.WaitShare)]);

    public void Save()
    {
        if (!Writes) return;
        _events.MarkCheckpoint(Step);
        _checkpoints.Save(_state, WriteAll);
    }

    public TrainingOutcome Finish(TrainingProgress progress)
    {
        progress.Finish();
        return new TrainingOutcome(MetricsPath, _state.BestLoss, _state.BestStep, [.. (_best?.Values ?? Learners[0].FinalWeights())
            .Select(w => (w.Name, w.Value.detach().clone().DetachFromDisposeScope()))]);
    }

    public void Dispose()
    {
        _metrics.Dispose();
        _events.Dispose();
        _best?.Dispose();
        foreach (var learner in Learners) learner.Dispose();
    }

    private void Write(IEnumerable<(string Name, JsonNode Value)> entries)
    {
        var line = entries.ToList();
        _metrics.Write([("step", Step), .. line]);
        _events.Record(Step, line);
    }

    private IEnumerable<(string Name, JsonNode Value)> Entries(Learner<TBatch> learner, UpdateResult result)
    {
        var prefix = Prefix(learner);
        yield return (prefix + "loss", (float)result.Loss);
        yield return (prefix + "lr", (float)learner.RateAt(Step));
        yield return (prefix + "grad_norm", (float)result.GradientNorm);
        if (result.Terms.Count == 1) yield break;
        foreach (var (name, value) in result.Terms) yield return (prefix + name, (float)value);
    }

    private string Prefix(Learner<TBatch> learner) => Learners.Count == 1 ? "" : learner.Name + "_";

    /// <summary>As many as are compared with, not a number where there are fewer: no such loss is ever in the metrics.</summary>
    private double[] LossesSoFar()
    {
        var (name, window) = (Prefix(Learners[0].Learner) + "loss", 2 * _phase.LossSpike.Window);
        var found = MetricsLog.Read(MetricsPath, window).Select(line => line[name]).OfType<JsonNode>().Select(loss => (double)loss.GetValue<float>());
        return [.. found.Concat(Enumerable.Repeat(double.NaN, window)).Take(window)];
    }

    /// <summary>All processes go on from what rank 0 has: a checkpoint, or drawn weights.</summary>
    private CheckpointState Agree(CheckpointState own)
    {
        if (_group.Size == 1) return own;
        _group.Spread(Learners.SelectMany(learner => learner.Weights().Concat(learner.Averages()).Concat(learner.Moments())).Select(tensor => tensor.Value));
        var told = _group.Told([own.Step, own.BestLoss ?? double.NaN, own.BestStep]);
        return new CheckpointState((long)told[0], double.IsNaN(told[1]) ? null : told[1], (long)told[2]);
    }

    private IEnumerable<(string File, IEnumerable<(string Name, Tensor Value)> Tensors)> Files() =>
    [
        ("weights.safetensors", Learners.SelectMany(l => l.Weights())),
        ("averages.safetensors", Learners.SelectMany(l => l.Averages())),
        ("moments.safetensors", Learners.SelectMany(l => l.Moments())),
        .. _best is null ? [] : new[] { (Best, (IEnumerable<(string Name, Tensor Value)>)_best.Values) },
    ];

    private void WriteAll(string folder)
    {
        _metrics.CopyTo(Path.Combine(folder, MetricsLog.FileName));
        foreach (var (file, tensors) in Files()) ModuleWeights.Save(ByName(tensors), Path.Combine(folder, file));
    }

    private void Restore(Checkpoint checkpoint)
    {
        foreach (var (file, tensors) in Files())
            ModuleWeights.Load(ByName(tensors), _phase.Name, Path.Combine(checkpoint.Folder, file));
        File.Copy(Path.Combine(checkpoint.Folder, MetricsLog.FileName), MetricsPath);
        _run.Log($"{_phase.Name} goes on from step {checkpoint.State.Step}.");
    }

    private static Dictionary<string, Tensor> ByName(IEnumerable<(string Name, Tensor Value)> tensors) =>
        tensors.ToDictionary(t => t.Name, t => t.Value);
}
