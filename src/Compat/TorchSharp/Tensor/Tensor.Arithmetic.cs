using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        public Tensor add(Tensor target) => Aten.Call("add.Tensor", this, target);

        public Tensor add(Scalar scalar) => Aten.Call("add.Scalar", this, scalar);

        public Tensor add_(Tensor target, Scalar alpha) => Aten.CallInPlace("add_.Tensor", this, target, alpha);

        public Tensor add_(Scalar scalar) => Aten.CallInPlace("add_.Scalar", this, scalar);

        public Tensor sub(Tensor target) => Aten.Call("sub.Tensor", this, target);

        public Tensor sub(Scalar scalar) => Aten.Call("sub.Scalar", this, scalar);

        public Tensor sub_(Tensor target, Scalar alpha) => Aten.CallInPlace("sub_.Tensor", this, target, alpha);

        public Tensor mul(Tensor target) => Aten.Call("mul.Tensor", this, target);

        public Tensor mul(Scalar scalar) => Aten.Call("mul.Scalar", this, scalar);

        public Tensor div(Tensor target) => Aten.Call("div.Tensor", this, target);

        public Tensor div(Scalar target) => Aten.Call("div.Scalar", this, target);

        public Tensor pow(Tensor exponent) => Aten.Call("pow.Tensor_Tensor", this, exponent);

        public Tensor pow(Scalar scalar) => Aten.Call("pow.Tensor_Scalar", this, scalar);

        public Tensor mul_(Scalar scalar) => Aten.CallInPlace("mul_.Scalar", this, scalar);
    }
}
