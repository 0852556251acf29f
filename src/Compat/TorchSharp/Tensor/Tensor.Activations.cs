using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        public Tensor clamp(Scalar? min = null, Scalar? max = null) => Aten.Call("clamp", this, min, max);

        public Tensor clamp(Tensor? min = null, Tensor? max = null) => Aten.Call("clamp.Tensor", this, min, max);

        public Tensor clamp_min(Scalar min) => Aten.Call("clamp_min", this, min);

        public Tensor clamp_max(Scalar max) => Aten.Call("clamp_max", this, max);

        public Tensor relu() => Aten.Call("relu", this);

        /// <summary>The exact form, with the error function.</summary>
        public Tensor gelu() => Aten.Call("gelu", this);

        public Tensor silu() => Aten.Call("silu", this);

        public Tensor leaky_relu(Scalar negative_slope) => Aten.Call("leaky_relu", this, negative_slope);

        public Tensor masked_fill(Tensor mask, Scalar value) => Aten.Call("masked_fill.Scalar", this, mask, value);

        public Tensor lerp_(Tensor end, Tensor weight) => Aten.CallInPlace("lerp_.Tensor", this, end, weight);

        public Tensor addcmul_(Tensor tensor1, Tensor tensor2, Scalar value) =>
            Aten.CallInPlace("addcmul_", this, tensor1, tensor2, value);

        public Tensor addcdiv_(Tensor tensor1, Tensor tensor2, Scalar value) =>
            Aten.CallInPlace("addcdiv_", this, tensor1, tensor2, value);

        public Tensor relu_() => Aten.CallInPlace("relu_", this);

        public Tensor gelu_() => Aten.CallInPlace("gelu_", this);

        public Tensor silu_() => Aten.CallInPlace("silu_", this);

        public Tensor leaky_relu_(Scalar negative_slope) => Aten.CallInPlace("leaky_relu_", this, negative_slope);

        public Tensor softmax(long dim, ScalarType? dtype = null) => Aten.Call("softmax.int", this, dim, dtype);

        public Tensor minimum(Tensor other) => Aten.Call("minimum", this, other);

        public Tensor masked_select(Tensor mask) => Aten.Call("masked_select", this, mask);
    }
}
