namespace Tmrvc.Features;

/// <summary>Sizes of a tensor that a network takes or gives, in its own terms: <c>[1, 128, T]</c>.</summary>
/// <param name="Name">Of the value: "log-mel".</param>
/// <param name="Axes">A number, or a letter for any size. A size that the network leaves open fits every axis.</param>
public sealed record TensorShape(string Name, params IReadOnlyList<string> Axes)
{
    /// <param name="sizes">0 or below where the network leaves them open.</param>
    internal bool Fits(IReadOnlyList<int> sizes) =>
        sizes.Count == Axes.Count && sizes.Zip(Axes).All(pair => pair.First <= 0 || !int.TryParse(pair.Second, out var size) || size == pair.First);

    public override string ToString() => $"{Name} [{string.Join(", ", Axes)}]";
}
