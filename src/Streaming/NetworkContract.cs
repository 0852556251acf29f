using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace Tmrvc.Streaming;

/// <summary>A tensor that a network takes or gives, float32.</summary>
/// <param name="Shape">0 where any size is allowed.</param>
internal sealed record TensorContract(string Name, params int[] Shape)
{
    internal bool Fits(NodeMetadata node) =>
        node.IsTensor && node.ElementDataType == TensorElementType.Float && node.Dimensions.Length == Shape.Length
        && node.Dimensions.Zip(Shape).All(pair => pair.Second == 0 || pair.First == pair.Second);

    public override string ToString() => Described(Name, Shape);

    internal static string Described(string name, IEnumerable<int> shape) =>
        $"{name} [{string.Join(", ", shape.Select(size => size > 0 ? $"{size}" : "?"))}]";
}

/// <summary>What a network takes and gives, by name.</summary>
internal sealed record NetworkContract(string Name, IReadOnlyList<TensorContract> Inputs, IReadOnlyList<TensorContract> Outputs)
{
    /// <exception cref="ConversionException">The network has other inputs or outputs.</exception>
    internal void Require(string path, InferenceSession session)
    {
        if (!Fits(Inputs, session.InputMetadata) || !Fits(Outputs, session.OutputMetadata))
            throw new ConversionException(
                $"{path}: is not this project's {Name}: found {Described(session.InputMetadata)} → {Described(session.OutputMetadata)}; "
                + $"{string.Join(", ", Inputs)} → {string.Join(", ", Outputs)} of float32 is allowed; export the models again");
    }

    private static bool Fits(IReadOnlyList<TensorContract> wanted, IReadOnlyDictionary<string, NodeMetadata> found) =>
        found.Count == wanted.Count && wanted.All(tensor => found.TryGetValue(tensor.Name, out var node) && tensor.Fits(node));

    private static string Described(IReadOnlyDictionary<string, NodeMetadata> nodes) =>
        string.Join(", ", nodes.Select(node => TensorContract.Described(node.Key, node.Value.Dimensions)));
}
