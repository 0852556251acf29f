using static TorchSharp.torch.backends;

namespace Tmrvc.Training;

/// <summary>Allows or forbids TF32 in this process until it is disposed, which restores what was allowed before.</summary>
public sealed class Tf32Scope : IDisposable
{
    private readonly (bool Products, bool Convolutions) _before = (cuda.matmul.allow_tf32, cudnn.allow_tf32);

    public Tf32Scope(Precision precision) => Allow(precision != Precision.Float32, precision != Precision.Float32);

    public void Dispose() => Allow(_before.Products, _before.Convolutions);

    private static void Allow(bool products, bool convolutions) => (cuda.matmul.allow_tf32, cudnn.allow_tf32) = (products, convolutions);
}
