using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace Tmrvc.Export;

/// <summary>What ONNX Runtime says about a network, against what its contract says.</summary>
internal static class OnnxSignature
{
    private const int Open = -1;

    public static IEnumerable<string> Differences(ModelContract contract, InferenceSession session) =>
        Differences("inputs", contract.Inputs, session.InputNames, session.InputMetadata)
            .Concat(Differences("outputs", contract.Outputs, session.OutputNames, session.OutputMetadata));

    private static IEnumerable<string> Differences(
        string side, IReadOnlyList<ContractTensor> promised, IReadOnlyList<string> names, IReadOnlyDictionary<string, NodeMetadata> found)
    {
        if (!names.SequenceEqual(promised.Select(tensor => tensor.Name)))
        {
            yield return $"{side} are {string.Join(", ", names)}, {string.Join(", ", promised.Select(tensor => tensor.Name))} are promised";
            yield break;
        }
        foreach (var tensor in promised)
            if (found[tensor.Name] is var there && (there.ElementDataType != TensorElementType.Float || !there.Dimensions.SequenceEqual(Sizes(tensor))))
                yield return $"{tensor.Name} is {there.ElementDataType} [{string.Join(", ", there.Dimensions)}], Float [{string.Join(", ", Sizes(tensor))}] is promised";
    }

    private static int[] Sizes(ContractTensor tensor) => [.. tensor.Shape.Select(size => size ?? Open)];
}
