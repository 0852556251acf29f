using TorchSharp.Interop;

namespace TorchSharp;

/// <summary>Turns the recording of gradients on or off until it is disposed; per thread.</summary>
public sealed class AutoGradMode : IDisposable
{
    private readonly bool before = IsEnabled;

    public AutoGradMode(bool enabled) => Native.ts_set_grad_enabled(enabled ? 1 : 0);

    public static bool IsEnabled => Native.ts_grad_enabled() != 0;

    public void Dispose() => Native.ts_set_grad_enabled(before ? 1 : 0);
}

/// <summary>No gradients and no version counting until it is disposed; tensors made inside cannot enter autograd later.</summary>
public sealed class InferenceMode : IDisposable
{
    private nint guard;

    public InferenceMode(bool mode) => guard = Native.ts_inference_enter(mode ? 1 : 0);

    public void Dispose()
    {
        nint left = Interlocked.Exchange(ref guard, 0);
        if (left != 0) Native.ts_inference_leave(left);
    }
}

public static partial class torch
{
    public static IDisposable no_grad() => new AutoGradMode(false);

    public static bool is_grad_enabled() => AutoGradMode.IsEnabled;

    public static IDisposable inference_mode(bool mode = true) => new InferenceMode(mode);

    public static class autograd
    {
        /// <summary>
        /// Adds the gradients of <paramref name="tensors"/> to the leaves they were computed from, or only to <paramref
        /// name="inputs"/>.
        /// </summary>
        public static unsafe void backward(
            IList<Tensor> tensors, IList<Tensor>? grad_tensors = null, bool? retain_graph = null, bool create_graph = false,
            IList<Tensor>? inputs = null)
        {
            nint[] roots = Handles(tensors), gradients = Handles(grad_tensors), targets = Handles(inputs);
            fixed (nint* first = roots, gradient = gradients, target = targets)
            {
                Native.Check(Native.ts_backward(
                    first, roots.Length, gradient, gradients.Length,
                    retain_graph ?? create_graph ? 1 : 0, create_graph ? 1 : 0, target, targets.Length));
            }
            KeepAlive(tensors, grad_tensors, inputs);
        }

        public static void backward(
            Tensor tensor, Tensor grad_tensor, bool? retain_graph = null, bool create_graph = false, IList<Tensor>? inputs = null) =>
            backward([tensor], [grad_tensor], retain_graph, create_graph, inputs);

        /// <summary>
        /// The gradients of the sum of <paramref name="outputs"/> with respect to each input, without touching any <c>grad</c>.
        /// </summary>
        public static unsafe IList<Tensor> grad(
            IList<Tensor> outputs, IList<Tensor> inputs, IList<Tensor>? grad_outputs = null,
            bool retain_graph = false, bool create_graph = false, bool allow_unused = false)
        {
            nint[] roots = Handles(outputs), leaves = Handles(inputs), gradients = Handles(grad_outputs), found = new nint[inputs.Count];
            fixed (nint* root = roots, leaf = leaves, gradient = gradients, result = found)
            {
                Native.Check(Native.ts_grad(
                    root, roots.Length, leaf, leaves.Length, gradient, gradients.Length,
                    retain_graph || create_graph ? 1 : 0, create_graph ? 1 : 0, allow_unused ? 1 : 0, result));
            }
            KeepAlive(outputs, inputs, grad_outputs);
            return Array.ConvertAll(found, handle => handle == 0 ? null! : new Tensor(handle));
        }

        private static nint[] Handles(IList<Tensor>? tensors) =>
            tensors is null ? [] : [.. tensors.Select(tensor => tensor.Handle)];

        private static void KeepAlive(params ReadOnlySpan<IList<Tensor>?> lists)
        {
            foreach (IList<Tensor>? list in lists)
            {
                foreach (Tensor tensor in list ?? []) GC.KeepAlive(tensor);
            }
        }
    }
}
