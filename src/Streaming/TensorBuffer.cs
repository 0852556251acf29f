using Microsoft.ML.OnnxRuntime;

namespace Tmrvc.Streaming;

/// <summary>Memory that networks read and write where it is.</summary>
internal sealed class TensorBuffer : IDisposable
{
    /// <param name="shape">All sizes known.</param>
    internal TensorBuffer(params int[] shape)
    {
        Values = new float[shape.Aggregate(1, (product, size) => product * size)];
        Tensor = OrtValue.CreateTensorValueFromMemory(Values, [.. shape.Select(size => (long)size)]);
    }

    /// <summary>Row-major.</summary>
    internal float[] Values { get; }

    internal OrtValue Tensor { get; }

    public void Dispose() => Tensor.Dispose();
}
