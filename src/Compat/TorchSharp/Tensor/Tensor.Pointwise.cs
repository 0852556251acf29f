using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        public Tensor abs() => Aten.Call("abs", this);

        /// <summary>The angle of (other, this), in (−π, π].</summary>
        public Tensor atan2(Tensor other) => Aten.Call("atan2", this, other);

        public Tensor cos() => Aten.Call("cos", this);

        public Tensor exp() => Aten.Call("exp", this);

        public Tensor floor() => Aten.Call("floor", this);

        public Tensor log() => Aten.Call("log", this);

        public Tensor log1p() => Aten.Call("log1p", this);

        public Tensor neg() => Aten.Call("neg", this);

        public Tensor reciprocal() => Aten.Call("reciprocal", this);

        public Tensor round() => Aten.Call("round", this);

        public Tensor rsqrt() => Aten.Call("rsqrt", this);

        public Tensor sigmoid() => Aten.Call("sigmoid", this);

        public Tensor sign() => Aten.Call("sign", this);

        public Tensor sin() => Aten.Call("sin", this);

        public Tensor sqrt() => Aten.Call("sqrt", this);

        public Tensor square() => Aten.Call("square", this);

        public Tensor tanh() => Aten.Call("tanh", this);
    }
}
