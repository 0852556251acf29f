using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        public static partial class functional
        {
            /// <summary>input [B, C, T], weight [O, C/groups, K] → [B, O, T'].</summary>
            public static Tensor conv1d(
                Tensor input, Tensor weight, Tensor? bias = null, long? stride = null, long? padding = null,
                long? dilation = null, long groups = 1) =>
                Aten.Call("conv1d", input, weight, bias, One(stride, 1), One(padding, 0), One(dilation, 1), groups);

            public static Tensor conv1d_padding(
                Tensor input, Tensor weight, Tensor? bias = null, long? stride = null, Padding padding = Padding.Valid,
                long? dilation = null, long groups = 1) =>
                Aten.Call("conv1d.padding", input, weight, bias, One(stride, 1), NameOf(padding), One(dilation, 1), groups);

            /// <summary>input [B, C, H, W], weight [O, C/groups, KH, KW] → [B, O, H', W'].</summary>
            public static Tensor conv2d(
                Tensor input, Tensor weight, Tensor? bias = null, long[]? strides = null, long[]? padding = null,
                long[]? dilation = null, long groups = 1) =>
                Aten.Call("conv2d", input, weight, bias, strides ?? [1, 1], padding ?? [0, 0], dilation ?? [1, 1], groups);

            /// <summary>
            /// input [B, C, T], weight [C, O/groups, K] → [B, O, (T − 1)·stride − 2·padding + dilation·(K − 1) + output_padding +
            /// 1].
            /// </summary>
            public static Tensor conv_transpose1d(
                Tensor input, Tensor weight, Tensor? bias = null, long? stride = null, long? padding = null,
                long? output_padding = null, long? dilation = null, long groups = 1) =>
                Aten.Call(
                    "conv_transpose1d", input, weight, bias, One(stride, 1), One(padding, 0), One(output_padding, 0), groups, One(dilation, 1));

            internal static string NameOf(Padding padding) => padding == Padding.Same ? "same" : "valid";

            private static long[] One(long? given, long otherwise) => [given ?? otherwise];
        }
    }
}
