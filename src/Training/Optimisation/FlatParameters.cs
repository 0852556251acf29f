using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Tmrvc.Training;

/// <summary>
/// A network's parameters and their gradients, moved into one tensor each. A GPU then takes an update, a norm or an average of all of them by a
/// few kernels, where a kernel or more for each parameter keeps it waiting for this thread.
/// </summary>
internal sealed class FlatParameters : IDisposable
{
    private readonly IReadOnlyList<Parameter> _parameters;
    private readonly FlatTensors _values;
    private readonly FlatTensors _gradients;

    public FlatParameters(nn.Module network)
    {
        using var _ = no_grad();
        using var scope = NewDisposeScope();
        _parameters = [.. network.parameters()];
        (_values, _gradients) = (Alike(), Alike());
        foreach (var (parameter, value, gradient) in _parameters.Zip(_values.Parts, _gradients.Parts))
        {
            value.copy_(parameter);
            parameter.set_(value);
            parameter.grad = gradient;
        }
    }

    /// <summary>[N]</summary>
    public Tensor Values => _values.Whole;

    /// <summary>[N]; backward adds to it.</summary>
    public Tensor Gradients => _gradients.Whole;

    /// <summary>On a GPU, where all parameters are float32 and trained; null elsewhere.</summary>
    public static FlatParameters? OnGpu(nn.Module network) => network.parameters().All(IsTrainedOnGpu) ? new FlatParameters(network) : null;

    /// <summary>Zeros in the parameters' order and shapes.</summary>
    public FlatTensors Alike() => new([.. _parameters.Select(parameter => parameter.shape)], _parameters[0].device);

    public void Dispose()
    {
        _values.Dispose();
        _gradients.Dispose();
    }

    private static bool IsTrainedOnGpu(Parameter parameter) =>
        parameter.device_type == DeviceType.CUDA && parameter.dtype == ScalarType.Float32 && parameter.requires_grad;
}
