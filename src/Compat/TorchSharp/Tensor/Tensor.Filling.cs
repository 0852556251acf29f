using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        public Tensor fill_(Scalar value) => Aten.CallInPlace("fill_.Scalar", this, value);

        public Tensor zero_() => Aten.CallInPlace("zero_", this);

        public Tensor copy_(Tensor source, bool nonBlocking = false) => Aten.CallInPlace("copy_", this, source, nonBlocking);

        /// <summary>Lets this tensor have the memory and the shape of another one.</summary>
        public Tensor set_(Tensor source) => Aten.CallInPlace("set_.source_Tensor", this, source);

        public Tensor normal_(double mean = 0.0, double stddev = 1.0, Generator? generator = null) =>
            Aten.CallInPlace("normal_", this, mean, stddev, generator);

        public Tensor uniform_(double from, double to, Generator? generator = null) =>
            Aten.CallInPlace("uniform_", this, from, to, generator);
    }
}
