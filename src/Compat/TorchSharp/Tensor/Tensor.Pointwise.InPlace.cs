using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        public Tensor abs_() => Aten.CallInPlace("abs_", this);

        public Tensor acos_() => Aten.CallInPlace("acos_", this);

        public Tensor asin_() => Aten.CallInPlace("asin_", this);

        public Tensor atan_() => Aten.CallInPlace("atan_", this);

        public Tensor ceil_() => Aten.CallInPlace("ceil_", this);

        public Tensor cos_() => Aten.CallInPlace("cos_", this);

        public Tensor cosh_() => Aten.CallInPlace("cosh_", this);

        public Tensor erf_() => Aten.CallInPlace("erf_", this);

        public Tensor exp_() => Aten.CallInPlace("exp_", this);

        public Tensor exp2_() => Aten.CallInPlace("exp2_", this);

        public Tensor expm1_() => Aten.CallInPlace("expm1_", this);

        public Tensor floor_() => Aten.CallInPlace("floor_", this);

        public Tensor frac_() => Aten.CallInPlace("frac_", this);

        public Tensor log_() => Aten.CallInPlace("log_", this);

        public Tensor log10_() => Aten.CallInPlace("log10_", this);

        public Tensor log1p_() => Aten.CallInPlace("log1p_", this);

        public Tensor log2_() => Aten.CallInPlace("log2_", this);

        public Tensor neg_() => Aten.CallInPlace("neg_", this);

        public Tensor reciprocal_() => Aten.CallInPlace("reciprocal_", this);

        public Tensor round_() => Aten.CallInPlace("round_", this);

        public Tensor rsqrt_() => Aten.CallInPlace("rsqrt_", this);

        public Tensor sgn_() => Aten.CallInPlace("sgn_", this);

        public Tensor sigmoid_() => Aten.CallInPlace("sigmoid_", this);

        public Tensor sign_() => Aten.CallInPlace("sign_", this);

        public Tensor sin_() => Aten.CallInPlace("sin_", this);

        public Tensor sinh_() => Aten.CallInPlace("sinh_", this);

        public Tensor sqrt_() => Aten.CallInPlace("sqrt_", this);

        public Tensor tan_() => Aten.CallInPlace("tan_", this);

        public Tensor tanh_() => Aten.CallInPlace("tanh_", this);

        public Tensor trunc_() => Aten.CallInPlace("trunc_", this);
    }
}
