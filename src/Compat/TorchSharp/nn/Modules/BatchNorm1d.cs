using TorchSharp.Modules;
using TorchSharp.Utils;

namespace TorchSharp.Modules
{
    /// <summary>
    /// Batch normalisation (Ioffe and Szegedy 2015) of [B, C] or [B, C, T], with running statistics as buffers.
    /// </summary>
    public sealed class BatchNorm1d : torch.nn.Module<torch.Tensor, torch.Tensor>
    {
        internal BatchNorm1d(
            long features, double eps, double momentum, bool affine, bool track, torch.Device? device, torch.ScalarType? dtype)
            : base(nameof(BatchNorm1d))
        {
            (this.eps, this.momentum) = (eps, momentum);
            if (affine)
            {
                weight = new Parameter(torch.ones([features], dtype, device));
                bias = new Parameter(torch.zeros([features], dtype, device));
            }
            if (track)
            {
                running_mean = torch.zeros([features], dtype, device);
                running_var = torch.ones([features], dtype, device);
                num_batches_tracked = torch.zeros([], torch.ScalarType.Int64, device);
            }
            RegisterComponents();
        }

        [field: ComponentName(Name = nameof(weight))]
        public Parameter? weight { get; }

        [field: ComponentName(Name = nameof(bias))]
        public Parameter? bias { get; }

        [field: ComponentName(Name = nameof(running_mean))]
        public torch.Tensor? running_mean { get; }

        [field: ComponentName(Name = nameof(running_var))]
        public torch.Tensor? running_var { get; }

        [field: ComponentName(Name = nameof(num_batches_tracked))]
        public torch.Tensor? num_batches_tracked { get; }

        public double eps { get; }

        public double? momentum { get; }

        /// <exception cref="ArgumentException">The input has neither two nor three dimensions.</exception>
        public override torch.Tensor forward(torch.Tensor input)
        {
            if (input.ndim is not (2 or 3))
                throw new ArgumentException(
                    $"BatchNorm1d: input [{string.Join(", ", input.shape)}]; expected [B, C] or [B, C, T].");
            if (training) num_batches_tracked?.add_(1);
            bool batchStatistics = training || running_mean is null;
            return torch.nn.functional.batch_norm(
                input, running_mean, running_var, weight, bias, batchStatistics, momentum ?? 0.1, eps);
        }
    }
}

namespace TorchSharp
{
    public static partial class torch
    {
        public static partial class nn
        {
            public static BatchNorm1d BatchNorm1d(
                long num_features, double eps = 1e-05, double momentum = 0.1, bool affine = true, bool track_running_stats = true,
                Device? device = null, ScalarType? dtype = null) =>
                new(num_features, eps, momentum, affine, track_running_stats, device, dtype);
        }
    }
}
