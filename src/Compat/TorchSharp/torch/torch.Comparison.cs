namespace TorchSharp;

public static partial class torch
{
    public static Tensor minimum(Tensor left, Tensor right) => left.minimum(right);
}
