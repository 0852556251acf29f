using static TorchSharp.torch;

namespace Tmrvc.Training;

internal static class Frozen
{
    /// <summary>The network with weights that no gradient reaches; gradients still pass through it.</summary>
    public static TModule Of<TModule>(TModule network) where TModule : nn.Module
    {
        network.eval();
        foreach (var parameter in network.parameters()) parameter.requires_grad = false;
        return network;
    }
}
