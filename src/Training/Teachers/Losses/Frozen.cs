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

    /// <summary>Evaluates a network that learns elsewhere, its weights as constants; gradients still pass through it.</summary>
    public static Tensor Pass(nn.Module network, Func<Tensor> forward)
    {
        var learning = network.parameters().Where(parameter => parameter.requires_grad).ToList();
        foreach (var parameter in learning) parameter.requires_grad = false;
        try
        {
            return forward();
        }
        finally
        {
            foreach (var parameter in learning) parameter.requires_grad = true;
        }
    }
}
