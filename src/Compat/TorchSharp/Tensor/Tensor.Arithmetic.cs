using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        public Tensor add(Tensor target) => Aten.Call("add.Tensor", this, target);

        public Tensor add(Tensor target, Scalar alpha) => Aten.Call("add.Tensor", this, target, alpha);

        public Tensor add(Scalar scalar) => Aten.Call("add.Scalar", this, scalar);

        public Tensor add(Scalar scalar, Scalar alpha) => Aten.Call("add.Scalar", this, scalar, alpha);

        public Tensor add_(Tensor target) => Aten.CallInPlace("add_.Tensor", this, target);

        public Tensor add_(Tensor target, Scalar alpha) => Aten.CallInPlace("add_.Tensor", this, target, alpha);

        public Tensor add_(Scalar scalar) => Aten.CallInPlace("add_.Scalar", this, scalar);

        public Tensor add_(Scalar scalar, Scalar alpha) => Aten.CallInPlace("add_.Scalar", this, scalar, alpha);

        public Tensor sub(Tensor target) => Aten.Call("sub.Tensor", this, target);

        public Tensor sub(Tensor target, Scalar alpha) => Aten.Call("sub.Tensor", this, target, alpha);

        public Tensor sub(Scalar scalar) => Aten.Call("sub.Scalar", this, scalar);

        public Tensor sub_(Tensor target) => Aten.CallInPlace("sub_.Tensor", this, target);

        public Tensor sub_(Tensor target, Scalar alpha) => Aten.CallInPlace("sub_.Tensor", this, target, alpha);

        public Tensor sub_(Scalar scalar) => Aten.CallInPlace("sub_.Scalar", this, scalar);

        public Tensor mul(Tensor target) => Aten.Call("mul.Tensor", this, target);

        public Tensor mul(Scalar scalar) => Aten.Call("mul.Scalar", this, scalar);

        public Tensor div(Tensor target) => Aten.Call("div.Tensor", this, target);

        public Tensor div(Scalar target) => Aten.Call("div.Scalar", this, target);

        public Tensor remainder(Tensor other) => Aten.Call("remainder.Tensor", this, other);

        public Tensor remainder(Scalar scalar) => Aten.Call("remainder.Scalar", this, scalar);

        public Tensor fmod(Scalar scalar) => Aten.Call("fmod.Scalar", this, scalar);

        public Tensor floor_divide(Tensor other) => Aten.Call("floor_divide", this, other);

        public Tensor pow(Tensor exponent) => Aten.Call("pow.Tensor_Tensor", this, exponent);

        public Tensor pow(Scalar scalar) => Aten.Call("pow.Tensor_Scalar", this, scalar);

        public Tensor mul_(Tensor target) => Aten.CallInPlace("mul_.Tensor", this, target);

        public Tensor mul_(Scalar scalar) => Aten.CallInPlace("mul_.Scalar", this, scalar);

        public Tensor div_(Tensor target) => Aten.CallInPlace("div_.Tensor", this, target);

        public Tensor div_(Scalar target) => Aten.CallInPlace("div_.Scalar", this, target);

        public Tensor remainder_(Tensor other) => Aten.CallInPlace("remainder_.Tensor", this, other);

        public Tensor remainder_(Scalar scalar) => Aten.CallInPlace("remainder_.Scalar", this, scalar);

        public Tensor fmod_(Scalar scalar) => Aten.CallInPlace("fmod_.Scalar", this, scalar);

        public Tensor floor_divide_(Tensor other) => Aten.CallInPlace("floor_divide_.Tensor", this, other);

        public Tensor pow_(Tensor exponent) => Aten.CallInPlace("pow_.Tensor", this, exponent);

        public Tensor pow_(Scalar scalar) => Aten.CallInPlace("pow_.Scalar", this, scalar);
    }
}
