using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace Tmrvc.Contract;

/// <summary>What ONNX Runtime says about a network, against what its contract says.</summary>
public static class NetworkSignature
{
    /// <returns>Each tensor that differs: what was found, and what is allowed.</returns>
    public static IEnumerable<string> Differences(ModelContract contract, InferenceSession session)
    {
        foreach (var difference in Differences("inputs", contract.Inputs, session.InputNames, session.InputMetadata)) yield return difference;
        foreach (var difference in Differences("outputs", contract.Outputs, session.OutputNames, session.OutputMetadata)) yield return difference;
        if (contract.State is not null
            && session.InputMetadata.TryGetValue(ModelContract.StateIn, out var before) && session.OutputMetadata.TryGetValue(ModelContract.StateOut, out var after)
            && !before.Dimensions.SequenceEqual(after.Dimensions))
            yield return $"{ModelContract.StateOut} is {Written(after)}, the shape of {ModelContract.StateIn}, {Written(before)}, is allowed";
    }

    private static IEnumerable<string> Differences(
        string side, IReadOnlyList<ContractTensor> promised, IReadOnlyList<string> names, IReadOnlyDictionary<string, NodeMetadata> found)
    {
        if (!names.SequenceEqual(promised.Select(tensor => tensor.Name)))
        {
            yield return $"{side} are {string.Join(", ", names)}, {string.Join(", ", promised.Select(tensor => tensor.Name))} are allowed";
            yield break;
        }
        foreach (var tensor in promised)
            if (!Fits(tensor, found[tensor.Name]))
                yield return $"{tensor.Name} is {Written(found[tensor.Name])}, {TensorElementType.Float} [{string.Join(", ", tensor.Shape)}] is allowed";
    }

    private static bool Fits(ContractTensor tensor, NodeMetadata found) =>
        found.IsTensor && found.ElementDataType == TensorElementType.Float && found.Dimensions.Length == tensor.Shape.Count
        && found.Dimensions.Zip(tensor.Shape).All(pair => pair.Second.Allows(pair.First));

    private static string Written(NodeMetadata found) => found.IsTensor
        ? $"{found.ElementDataType} [{string.Join(", ", found.Dimensions.Select(size => size > 0 ? $"{size}" : "T"))}]"
        : "no tensor";
}
