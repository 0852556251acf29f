using static TorchSharp.torch;

namespace Tmrvc.Training;

/// <summary>Tensors of several shapes as stretches of one, so that what is done to all of them is one kernel and not one for each.</summary>
internal sealed class FlatTensors : IDisposable
{
    /// <summary>Elements that a stretch begins at a multiple of: 256 bytes, which vectorised kernels ask for. Gaps hold zeros.</summary>
    private const long Alignment = 64;

    public FlatTensors(IReadOnlyList<long[]> shapes, Device device)
    {
        var lengths = shapes.Select(shape => shape.Aggregate(1L, (product, size) => product * size)).ToList();
        Whole = zeros(lengths.Sum(Room), device: device).DetachFromDisposeScope();
        var begin = 0L;
        var parts = new List<Tensor>();
        foreach (var (shape, length) in shapes.Zip(lengths))
        {
            parts.Add(Whole.narrow(0, begin, length).view(shape).DetachFromDisposeScope());
            begin += Room(length);
        }
        Parts = parts;
    }

    /// <summary>[N]</summary>
    public Tensor Whole { get; }

    /// <summary>Views of the shapes, in their order.</summary>
    public IReadOnlyList<Tensor> Parts { get; }

    public void Dispose()
    {
        foreach (var part in Parts) part.Dispose();
        Whole.Dispose();
    }

    private static long Room(long length) => (length + Alignment - 1) / Alignment * Alignment;
}
