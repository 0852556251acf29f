namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        public static partial class functional
        {
            /// <summary>
            /// softmax(query·keyᵀ/√E + mask)·value over [.., L, E], [.., S, E], [.., S, V] → [.., L, V].
            /// A boolean mask tells what may be attended to; any other is added. Composed, because libtorch 1.13 has no such operator.
            /// </summary>
            /// <exception cref="ArgumentException">The dropout is negative, or a causal call brings a mask.</exception>
            public static Tensor scaled_dot_product_attention(
                Tensor query, Tensor key, Tensor value, Tensor? attn_mask = null, double p = 0.0, bool is_casual = false)
            {
                if (p < 0) throw new ArgumentException($"Attention dropout {p}: it must be zero or more.", nameof(p));
                if (is_casual && attn_mask is not null)
                    throw new ArgumentException("Causal attention brings its own mask; none may be given.", nameof(attn_mask));
                using DisposeScope scope = NewDisposeScope();
                Tensor scores = (query * (1 / Math.Sqrt(query.shape[^1]))).matmul(key.transpose(-2, -1));
                Tensor? mask = is_casual ? ones(scores.shape[^2], scores.shape[^1], ScalarType.Bool, scores.device).tril() : attn_mask;
                Tensor weights = Masked(scores, mask).softmax(-1);
                return dropout(weights, p, p > 0).matmul(value).MoveToOuterDisposeScope();
            }

            private static Tensor Masked(Tensor scores, Tensor? mask)
            {
                if (mask is null) return scores;
                return mask.dtype == ScalarType.Bool ? scores.masked_fill(mask.logical_not(), double.NegativeInfinity) : scores + mask;
            }
        }
    }
}
