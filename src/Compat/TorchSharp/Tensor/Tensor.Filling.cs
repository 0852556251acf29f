using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        public Tensor fill_(Scalar value) => Aten.CallInPlace("fill_.Scalar", this, value);

        public Tensor zero_() => Aten.CallInPlace("zero_", this);

        public Tensor copy_(Tensor source, bool nonBlocking = false) => Aten.CallInPlace("copy_", this, source, nonBlocking);

        public Tensor normal_(double mean = 0.0, double stddev = 1.0, Generator? generator = null) =>
            Aten.CallInPlace("normal_", this, mean, stddev, generator);

        public Tensor uniform_(double from, double to, Generator? generator = null) =>
            Aten.CallInPlace("uniform_", this, from, to, generator);

        public Tensor bernoulli_(double p = 0.5, Generator? generator = null) =>
            Aten.CallInPlace("bernoulli_.float", this, p, generator);

        public Tensor bernoulli(Generator? generator = null) => Aten.Call("bernoulli", this, generator);

        public Tensor exponential_(double lambda = 1.0, Generator? generator = null) =>
            Aten.CallInPlace("exponential_", this, lambda, generator);

        public Tensor multinomial(long num_samples, bool replacement = false, Generator? generator = null) =>
            Aten.Call("multinomial", this, num_samples, replacement, generator);
    }
}
