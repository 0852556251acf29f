using TorchSharp.Interop;
using TorchSharp.Modules;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        public static class utils
        {
            /// <summary>
            /// Scales all gradients so that their joint norm is at most <paramref name="max_norm"/>; returns the norm before.
            /// </summary>
            public static double clip_grad_norm_(IEnumerable<Parameter> tensors, double max_norm, double norm_type = 2.0)
            {
                using IDisposable frozen = no_grad();
                using DisposeScope scope = NewDisposeScope();
                Tensor[] gradients = [.. tensors.Select(parameter => parameter.grad).OfType<Tensor>()];
                if (gradients.Length == 0) return 0;
                Tensor[] norms = Aten.CallList("_foreach_norm.Scalar", gradients, (Scalar)norm_type);
                double total = stack(norms).norm((float)norm_type).ToDouble();
                double factor = max_norm / (total + 1e-6);
                if (factor < 1) Aten.CallVoid("_foreach_mul_.Scalar", gradients, (Scalar)factor);
                return total;
            }

            public static void clip_grad_value_(IEnumerable<Parameter> tensors, double clip_value)
            {
                using IDisposable frozen = no_grad();
                using DisposeScope scope = NewDisposeScope();
                foreach (Parameter parameter in tensors) parameter.grad?.clamp_((Scalar)(-clip_value), (Scalar)clip_value);
            }

            public static Tensor parameters_to_vector(IEnumerable<Parameter> tensors) =>
                cat([.. tensors.Select(parameter => parameter.view(-1))]);
        }
    }
}
