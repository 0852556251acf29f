using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace Tmrvc.Features;

/// <summary>What a network takes and gives, float32 all. Inputs and outputs count by their place: exports differ in their names.</summary>
/// <param name="Network">As people know it: "RMVPE".</param>
/// <param name="Outputs">Shapes of which the first output has one.</param>
/// <param name="Lengths">
/// Whether the network may take a second input [1]: the share of each row that is signal, which is always 1 here.
/// </param>
public sealed record NetworkSignature(string Network, TensorShape Input, IReadOnlyList<TensorShape> Outputs, bool Lengths = false)
{
    /// <exception cref="NetworkException">The file has another signature.</exception>
    internal void Require(string path, InferenceSession session)
    {
        var inputs = Nodes(session.InputNames, session.InputMetadata);
        var outputs = Nodes(session.OutputNames, session.OutputMetadata);
        if (!(FitInputs(inputs) && outputs.Count > 0 && IsFloat(outputs[0]) && Gives(outputs[0].Value.Dimensions)))
            throw new NetworkException(
                $"{path}: is not {Network}: found {Described(inputs)} → {Described(outputs)}; {Input}"
                + $"{(Lengths ? " (and lengths [1])" : "")} → {Given} of Float is allowed; configure another file, or have it fetched anew");
    }

    /// <summary>The allowed outputs, for people.</summary>
    internal string Given => string.Join(" or ", Outputs);

    /// <param name="sizes">0 or below where the network leaves them open.</param>
    internal bool Gives(IReadOnlyList<int> sizes) => Outputs.Any(output => output.Fits(sizes));

    private bool FitInputs(IReadOnlyList<KeyValuePair<string, NodeMetadata>> inputs) =>
        (inputs.Count == 1 || (Lengths && inputs.Count == 2 && inputs[1].Value.Dimensions.Length == 1))
        && inputs.All(IsFloat) && Input.Fits(inputs[0].Value.Dimensions);

    private static bool IsFloat(KeyValuePair<string, NodeMetadata> node) =>
        node.Value.IsTensor && node.Value.ElementDataType == TensorElementType.Float;

    private static List<KeyValuePair<string, NodeMetadata>> Nodes(
        IReadOnlyList<string> names, IReadOnlyDictionary<string, NodeMetadata> metadata) =>
        [.. names.Select(name => KeyValuePair.Create(name, metadata[name]))];

    private static string Described(IReadOnlyList<KeyValuePair<string, NodeMetadata>> nodes) => nodes.Count == 0
        ? "nothing"
        : string.Join(", ", nodes.Select(node => node.Value.IsTensor
            ? $"{node.Key} [{string.Join(", ", node.Value.Dimensions.Select(size => size > 0 ? $"{size}" : "?"))}] of {node.Value.ElementDataType}"
            : $"{node.Key}, a {node.Value.OnnxValueType}"));
}
