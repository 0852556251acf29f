using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Tmrvc.Models;

/// <summary>
/// Weights and biases of linear and convolutional layers uniform in ±1 / √fan-in, drawn from one generator in the order of
/// their names; normalisations stay at one and zero.
/// </summary>
internal static class UniformInitialisation
{
    public static void Apply(nn.Module module, Generator generator)
    {
        foreach (var (_, child) in module.named_modules().OrderBy(child => child.name, StringComparer.Ordinal))
            Initialise(child, generator);
    }

    private static void Initialise(nn.Module layer, Generator generator)
    {
        switch (layer)
        {
            case Linear linear: Fill(linear.weight!, linear.bias, linear.weight!.shape[1], generator); break;
            case Conv1d conv: Fill(conv.weight!, conv.bias, conv.weight!.shape[1] * conv.weight.shape[2], generator); break;
            case Conv2d conv: Fill(conv.weight!, conv.bias, conv.weight!.shape[1] * conv.weight.shape[2] * conv.weight.shape[3], generator); break;
            // Stride 2 and kernel 4: each output frame sees two taps.
            case ConvTranspose1d conv: Fill(conv.weight!, conv.bias, conv.weight!.shape[0] * conv.weight.shape[2] / 2, generator); break;
        }
    }

    private static void Fill(Tensor weight, Tensor? bias, long fanIn, Generator generator)
    {
        var bound = 1 / Math.Sqrt(fanIn);
        nn.init.uniform_(weight, -bound, bound, generator);
        if (bias is not null) nn.init.uniform_(bias, -bound, bound, generator);
    }
}
