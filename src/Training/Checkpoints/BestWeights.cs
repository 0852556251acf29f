using static TorchSharp.torch;

namespace Tmrvc.Training;

/// <summary>A copy of the weights of the best validation so far, on the CPU.</summary>
internal sealed class BestWeights(IEnumerable<(string Name, Tensor Value)> weights) : IDisposable
{
    public IReadOnlyList<(string Name, Tensor Value)> Values { get; } =
        [.. weights.Select(weight => (weight.Name, weight.Value.detach().to(CPU, copy: true).DetachFromDisposeScope()))];

    /// <param name="better">The same names and shapes, in the same order.</param>
    public void Take(IEnumerable<(string Name, Tensor Value)> better)
    {
        using var _ = no_grad();
        foreach (var (kept, (_, value)) in Values.Zip(better)) kept.Value.copy_(value);
    }

    public void Dispose()
    {
        foreach (var (_, value) in Values) value.Dispose();
    }
}
