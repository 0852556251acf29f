using TorchSharp;
using static TorchSharp.torch;

namespace Tmrvc.Training;

/// <summary>The losses of an update's micro-batches, kept on their device and read at once: reading waits for it.</summary>
internal sealed class TermSums
{
    private readonly List<string?> _names = []; // null for totals
    private readonly List<Tensor> _values = [];

    /// <param name="total">The micro-batch's share of the loss. It and the terms must be of the innermost dispose scope, and the outer one must live until they are read.</param>
    public void Add(Tensor total, IReadOnlyList<LossTerm> terms)
    {
        Keep(null, total);
        foreach (var term in terms) Keep(term.Name, term.Value);
    }

    /// <param name="count">Micro-batches of the update.</param>
    /// <returns>The sum of the totals, and what these add to the unweighted mean of each term over the micro-batches, in their order.</returns>
    public (double Loss, IReadOnlyList<(string Name, double Value)> Means) Read(int count)
    {
        var values = stack(_values.ToArray()).to_type(ScalarType.Float64).cpu().data<double>().ToArray();
        double loss = 0;
        var means = new Dictionary<string, double>();
        foreach (var (name, value) in _names.Zip(values))
            if (name is null) loss += value;
            else means[name] = means.GetValueOrDefault(name) + value / count;
        return (loss, [.. means.Select(mean => (mean.Key, mean.Value))]);
    }

    private void Keep(string? name, Tensor value)
    {
        _names.Add(name);
        _values.Add(value.detach().MoveToOuterDisposeScope());
    }
}
