using Tmrvc.Models;
using static TorchSharp.torch;

namespace Tmrvc.Training;

/// <summary>What one update came to.</summary>
/// <param name="Terms">Unweighted mean of each term over the micro-batches, in the objective's order.</param>
internal sealed record UpdateResult(double Loss, double GradientNorm, IReadOnlyList<(string Name, double Value)> Terms);

/// <param name="Terms">Each before weighting, in the objective's order.</param>
internal sealed record ValidationResult(double Loss, IReadOnlyList<(string Name, double Value)> Terms);

/// <summary>A learner with its optimiser and moving average, for the length of a run.</summary>
internal sealed class LearnerRun<TBatch> : IDisposable where TBatch : ITrainingBatch
{
    private readonly TrainingGroup _group;
    private readonly IGradientSums? _sums;
    private readonly FlatParameters? _flat;
    private readonly AdamW _optimiser;
    private readonly MovingAverage? _average;

    public LearnerRun(Learner<TBatch> learner) : this(learner, TrainingGroup.Alone)
    {
    }

    public LearnerRun(Learner<TBatch> learner, TrainingGroup group)
    {
        (Learner, _group) = (learner, group);
        _flat = FlatParameters.OnGpu(learner.Network);
        _optimiser = new AdamW(learner.Network, learner.Optimiser, _flat);
        _average = learner.AverageDecay is { } decay ? new MovingAverage(learner.Network, decay, _flat) : null;
        _sums = group.SumsOf(learner.Network);
    }

    public Learner<TBatch> Learner { get; }

    /// <summary>Gradients of the mean loss over the micro-batches, those of all processes, without touching the weights.</summary>
    /// <param name="batches">This process's.</param>
    /// <param name="count">Micro-batches of all processes together, where they are more than <paramref name="batches"/>.</param>
    public UpdateResult Accumulate(IReadOnlyList<TBatch> batches, Func<int, StepRandom> random, int? count = null)
    {
        using var outer = NewDisposeScope();
        var (loss, means) = Backward(batches, random, count ?? batches.Count, _sums);
        if (_sums is not null) _group.End(_sums);
        var all = _group.Sum([loss, .. means.Select(mean => mean.Value)]);
        return new UpdateResult(all[0], _optimiser.GradientNorm(), [.. means.Zip(all.Skip(1), (mean, value) => (mean.Name, value))]);
    }

    /// <summary>Gradients that nobody uses, of this process alone.</summary>
    public void Rehearse(TBatch batch, Func<int, StepRandom> random)
    {
        using var outer = NewDisposeScope();
        Backward([batch], random, 1, sums: null);
        _optimiser.GradientNorm();
    }

    /// <param name="update">Counted from 1.</param>
    public void Apply(long update, double learningRate, double gradientNorm)
    {
        _optimiser.Step(update, learningRate, gradientNorm);
        _average?.Update(update);
    }

    /// <summary>Means over batches under the averaged weights, with the same noise every time.</summary>
    public ValidationResult Validate(IReadOnlyList<TBatch> batches, Func<int, StepRandom> random)
    {
        List<(double Loss, IReadOnlyList<(string Name, double Value)> Terms)> found = [];
        Judged(() => found.AddRange(batches.Select((batch, i) => TermsOf(batch, random(i)))));
        return new ValidationResult(found.Average(one => one.Loss),
            [.. found.SelectMany(one => one.Terms).GroupBy(term => term.Name).Select(term => (term.Key, term.Average(one => one.Value)))]);
    }

    /// <summary>Mean loss over micro-batches of a step, those of all processes, under the live weights, without gradients.</summary>
    /// <param name="count">As of <see cref="Accumulate"/>.</param>
    public double Loss(IReadOnlyList<TBatch> batches, Func<int, StepRandom> random, int count)
    {
        using var _ = no_grad();
        return _group.Sum([batches.Select((batch, i) => TermsOf(batch, random(i)).Loss).Sum()])[0] / count;
    }

    /// <summary>Looks at the network with its averaged weights, in evaluation and without gradients.</summary>
    public void Judged(Action look)
    {
        using var averaged = _average?.Applied();
        using var _ = no_grad();
        Learner.Network.eval();
        look();
        Learner.Network.train();
    }

    /// <summary>The averaged weights where there is an average, else the live ones; always under the network's own names.</summary>
    public IEnumerable<(string Name, Tensor Value)> FinalWeights()
    {
        var averages = _average?.Values.ToDictionary(v => v.Name, v => v.Value) ?? [];
        return ModuleWeights.Of(Learner.Network).Select(w => (w.Key, averages.GetValueOrDefault(w.Key, w.Value)));
    }

    public IEnumerable<(string Name, Tensor Value)> Weights() => Prefixed(ModuleWeights.Of(Learner.Network).Select(w => (w.Key, w.Value)));

    public IEnumerable<(string Name, Tensor Value)> Averages() => Prefixed(_average?.Values ?? []);

    public IEnumerable<(string Name, Tensor Value)> Moments() => Prefixed(_optimiser.Moments());

    public void Dispose()
    {
        _sums?.Dispose();
        _optimiser.Dispose();
        _average?.Dispose();
        _flat?.Dispose();
    }

    private (double Loss, IReadOnlyList<(string Name, double Value)> Means) Backward(
        IReadOnlyList<TBatch> batches, Func<int, StepRandom> random, int count, IGradientSums? sums)
    {
        _optimiser.ZeroGradients();
        var losses = new TermSums();
        for (var i = 0; i < batches.Count; i++)
        {
            using var scope = NewDisposeScope();
            using var draws = random(i);
            var terms = Learner.Objective(batches[i], draws);
            var total = Total(terms) / count;
            if (i == batches.Count - 1) sums?.Begin();
            total.backward();
            losses.Add(total, terms);
        }
        return losses.Read(count);
    }

    private (double Loss, IReadOnlyList<(string Name, double Value)> Terms) TermsOf(TBatch batch, StepRandom random)
    {
        using var scope = NewDisposeScope();
        using var draws = random;
        var terms = Learner.Objective(batch, draws);
        return (Total(terms).ToDouble(), [.. terms.Select(term => (term.Name, term.Value.ToDouble()))]);
    }

    private IEnumerable<(string Name, Tensor Value)> Prefixed(IEnumerable<(string Name, Tensor Value)> tensors) =>
        tensors.Select(t => ($"{Learner.Name}/{t.Name}", t.Value));

    private static Tensor Total(IReadOnlyList<LossTerm> terms) =>
        terms.Skip(1).Aggregate(Weighted(terms[0]), (sum, term) => sum + Weighted(term));

    private static Tensor Weighted(LossTerm term) => term.Weight == 1 ? term.Value : term.Value * term.Weight;
}
