using System.Text.Json.Nodes;
using Tmrvc.BuildGraph;
using Tmrvc.Models;
using static TorchSharp.torch;

namespace Tmrvc.Training;

/// <summary>The state of a run that moves from step to step, and its way to the disk and back.</summary>
internal sealed class TrainingSession<TBatch> : IDisposable where TBatch : ITrainingBatch
{
    private readonly Phase<TBatch> _phase;
    private readonly TrainingRun _run;
    private readonly CheckpointFolder _checkpoints;
    private readonly MetricsLog _metrics;
    private readonly TrainingEvents _events;
    private CheckpointState _state;

    public TrainingSession(Phase<TBatch> phase, TrainingRun run, TimeProvider clock)
    {
        _phase = phase;
        _run = run;
        _checkpoints = new CheckpointFolder(run.Checkpoints, run.Log);
        Learners = [.. phase.Learners.Select(l => new LearnerRun<TBatch>(l))];
        File.Delete(MetricsPath);
        var latest = _checkpoints.FindLatest();
        if (latest is not null) Restore(latest);
        _state = latest?.State ?? new CheckpointState(0, BestLoss: null, BestStep: 0);
        _events = TrainingEvents.Open(run.Events, Step, phase.Steps, MetricsPath, clock);
        _metrics = new MetricsLog(MetricsPath);
    }

    public IReadOnlyList<LearnerRun<TBatch>> Learners { get; }

    /// <summary>Steps done.</summary>
    public long Step => _state.Step;

    private string MetricsPath => Path.Combine(_run.Checkpoints, MetricsLog.FileName);

    /// <summary>Counts a step as done and logs it.</summary>
    public void Record(IReadOnlyList<UpdateResult> results)
    {
        var entries = Learners.Zip(results).SelectMany(pair => Entries(pair.First.Learner, pair.Second));
        Write(entries);
        _state = _state with { Step = Step + 1 };
    }

    public void RecordValidation(double loss)
    {
        Write([(MetricsLog.ValidationLoss, (float)loss)]);
        if (_state.BestLoss is not { } best || loss < best) _state = _state with { BestLoss = loss, BestStep = Step };
    }

    /// <summary>Lets people see and hear how far the first learner is.</summary>
    public void Show()
    {
        if (_phase.Exhibits is { } exhibits) Learners[0].Judged(() => _events.Show(Step, exhibits(Step)));
    }

    public void Save()
    {
        _events.MarkCheckpoint(Step);
        _checkpoints.Save(_state, WriteAll);
    }

    public TrainingOutcome Finish(TrainingProgress progress)
    {
        progress.Finish();
        return new TrainingOutcome(MetricsPath, _state.BestLoss, _state.BestStep, [.. Learners[0].FinalWeights()
            .Select(w => (w.Name, w.Value.detach().clone().DetachFromDisposeScope()))]);
    }

    public void Dispose()
    {
        _metrics.Dispose();
        _events.Dispose();
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
        var prefix = Learners.Count == 1 ? "" : learner.Name + "_";
        yield return (prefix + "loss", (float)result.Loss);
        yield return (prefix + "lr", (float)learner.LearningRate.At(Step));
        yield return (prefix + "grad_norm", (float)result.GradientNorm);
        if (result.Terms.Count == 1) yield break;
        foreach (var (name, value) in result.Terms) yield return (prefix + name, (float)value);
    }

    private IEnumerable<(string File, IEnumerable<(string Name, Tensor Value)> Tensors)> Files() =>
    [
        ("weights.safetensors", Learners.SelectMany(l => l.Weights())),
        ("averages.safetensors", Learners.SelectMany(l => l.Averages())),
        ("moments.safetensors", Learners.SelectMany(l => l.Moments())),
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
