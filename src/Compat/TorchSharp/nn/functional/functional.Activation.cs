using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        public static partial class functional
        {
            public static Tensor relu(Tensor x, bool inplace = false) => inplace ? x.relu_() : x.relu();

            public static Tensor gelu(Tensor x, bool inplace = false) => inplace ? x.gelu_() : x.gelu();

            public static Tensor silu(Tensor x, bool inplace = false) => inplace ? x.silu_() : x.silu();

            public static Tensor leaky_relu(Tensor input, double negative_slope = 0.01, bool inplace = false) =>
                inplace ? input.leaky_relu_(negative_slope) : input.leaky_relu(negative_slope);

            public static Tensor dropout(Tensor input, double p = 0.5, bool training = true, bool inplace = false) =>
                inplace ? Aten.CallInPlace("dropout_", input, p, training) : Aten.Call("dropout", input, p, training);

            /// <summary>
            /// input [.., in], weights [out, in] → [.., out]. libtorch 1.13 folds leading dimensions into one matrix product only
            /// where the input is contiguous, and otherwise multiplies and sums a copy of the weights per batch item.
            /// </summary>
            public static Tensor linear(Tensor input, Tensor weights, Tensor? bias = null) =>
                Aten.Call("linear", input.ndim > 2 ? input.contiguous() : input, weights, bias);

            /// <summary>[..] of class numbers → [.., num_classes] of 0 and 1 (int64).</summary>
            public static Tensor one_hot(Tensor x, long num_classes = -1) => Aten.Call("one_hot", x, num_classes);

            public static Tensor avg_pool1d(Tensor input, long kernel_size, long? stride = null, long? padding = null) =>
                Aten.Call("avg_pool1d", input, One(kernel_size, 1), One(stride, kernel_size), One(padding, 0));
        }
    }
}
