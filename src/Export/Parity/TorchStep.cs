using TorchSharp;
using Tmrvc.Contract;
using static TorchSharp.torch;

namespace Tmrvc.Export;

/// <summary>A network of libtorch behind a contract. The network stays its owner's.</summary>
/// <param name="call">From the inputs by name to the outputs in the contract's order, and then what else there is to tell.</param>
/// <param name="also">Names of what else there is to tell.</param>
internal sealed class TorchStep(
    ModelContract contract, Func<IReadOnlyDictionary<string, Tensor>, Tensor[]> call, params string[] also) : INetworkStep
{
    public IReadOnlyDictionary<string, float[]> Run(IReadOnlyDictionary<string, float[]> inputs)
    {
        using var scope = NewDisposeScope();
        using var withoutGradient = no_grad();
        var outputs = call(contract.Inputs.ToDictionary(input => input.Name, input => Tensor(input, inputs[input.Name])));
        var names = contract.Outputs.Select(output => output.Name).Concat(also);
        return names.Zip(outputs).ToDictionary(pair => pair.First, pair => pair.Second.contiguous().data<float>().ToArray());
    }

    public void Dispose()
    {
    }

    private static Tensor Tensor(ContractTensor described, float[] values) => tensor(values, described.Sizes(values.Length));
}
