using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        public Tensor abs() => Aten.Call("abs", this);

        public Tensor acos() => Aten.Call("acos", this);

        public Tensor asin() => Aten.Call("asin", this);

        public Tensor atan() => Aten.Call("atan", this);

        public Tensor ceil() => Aten.Call("ceil", this);

        public Tensor cos() => Aten.Call("cos", this);

        public Tensor cosh() => Aten.Call("cosh", this);

        public Tensor erf() => Aten.Call("erf", this);

        public Tensor exp() => Aten.Call("exp", this);

        public Tensor exp2() => Aten.Call("exp2", this);

        public Tensor expm1() => Aten.Call("expm1", this);

        public Tensor floor() => Aten.Call("floor", this);

        public Tensor frac() => Aten.Call("frac", this);

        public Tensor log() => Aten.Call("log", this);

        public Tensor log10() => Aten.Call("log10", this);

        public Tensor log1p() => Aten.Call("log1p", this);

        public Tensor log2() => Aten.Call("log2", this);

        public Tensor neg() => Aten.Call("neg", this);

        public Tensor reciprocal() => Aten.Call("reciprocal", this);

        public Tensor round() => Aten.Call("round", this);

        public Tensor rsqrt() => Aten.Call("rsqrt", this);

        public Tensor sgn() => Aten.Call("sgn", this);

        public Tensor sigmoid() => Aten.Call("sigmoid", this);

        public Tensor sign() => Aten.Call("sign", this);

        public Tensor sin() => Aten.Call("sin", this);

        public Tensor sinh() => Aten.Call("sinh", this);

        public Tensor sqrt() => Aten.Call("sqrt", this);

        public Tensor square() => Aten.Call("square", this);

        public Tensor tan() => Aten.Call("tan", this);

        public Tensor tanh() => Aten.Call("tanh", this);

        public Tensor trunc() => Aten.Call("trunc", this);
    }
}
