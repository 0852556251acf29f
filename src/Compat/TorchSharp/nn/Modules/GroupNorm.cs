using TorchSharp.Modules;
using TorchSharp.Utils;

namespace TorchSharp.Modules
{
    /// <summary>Group normalisation (Wu and He 2018) of [B, C, ..].</summary>
    public sealed class GroupNorm : torch.nn.Module<torch.Tensor, torch.Tensor>
    {
        internal GroupNorm(
            long groups, long channels, double eps, bool affine, torch.Device? device,
            torch.ScalarType? dtype) : base(nameof(GroupNorm))
        {
            num_groups = groups;
            this.eps = eps;
            if (affine)
            {
                weight = new Parameter(torch.ones([channels], dtype, device));
                bias = new Parameter(torch.zeros([channels], dtype, device));
            }
            RegisterComponents();
        }

        [field: ComponentName(Name = nameof(weight))]
        public Parameter? weight { get; }

        [field: ComponentName(Name = nameof(bias))]
        public Parameter? bias { get; }

        public long num_groups { get; }

        public double eps { get; }

        public override torch.Tensor forward(torch.Tensor tensor) =>
            torch.nn.functional.group_norm(tensor, num_groups, weight, bias, eps);
    }

    /// <summary>Layer normalisation (Ba et al. 2016) over the last dimensions.</summary>
    public sealed class LayerNorm : torch.nn.Module<torch.Tensor, torch.Tensor>
    {
        internal LayerNorm(
            long[] shape, double eps, bool affine, bool bias, torch.Device? device,
            torch.ScalarType? dtype) : base(nameof(LayerNorm))
        {
            normalized_shape = shape;
            this.eps = eps;
            if (affine) weight = new Parameter(torch.ones(shape, dtype, device));
            if (affine && bias) this.bias = new Parameter(torch.zeros(shape, dtype, device));
            RegisterComponents();
        }

        [field: ComponentName(Name = nameof(weight))]
        public Parameter? weight { get; }

        [field: ComponentName(Name = nameof(bias))]
        public Parameter? bias { get; }

        public long[] normalized_shape { get; }

        public double eps { get; }

        public override torch.Tensor forward(torch.Tensor tensor) =>
            torch.nn.functional.layer_norm(tensor, normalized_shape, weight, bias, eps);
    }
}

namespace TorchSharp
{
    public static partial class torch
    {
        public static partial class nn
        {
            public static GroupNorm GroupNorm(
                long num_groups, long num_channels, double eps = 1e-05, bool affine = true, Device? device = null,
                ScalarType? dtype = null) =>
                new(num_groups, num_channels, eps, affine, device, dtype);

            public static LayerNorm LayerNorm(
                long[] normalized_shape, double eps = 1e-05, bool elementwise_affine = true, bool bias = true,
                Device? device = null, ScalarType? dtype = null) =>
                new(normalized_shape, eps, elementwise_affine, bias, device, dtype);

            public static LayerNorm LayerNorm(
                long normalized_shape, double eps = 1e-05, bool elementwise_affine = true, bool bias = true,
                Device? device = null, ScalarType? dtype = null) =>
                new([normalized_shape], eps, elementwise_affine, bias, device, dtype);
        }
    }
}
