using TorchSharp.Modules;

namespace TorchSharp.Modules
{
    /// <summary>[B, C, H, W] → [B, O, H', W'].</summary>
    public sealed class Conv2d : Convolution
    {
        internal Conv2d(ConvolutionGeometry geometry, bool bias, torch.Device? device, torch.ScalarType? dtype)
            : base(nameof(Conv2d), geometry, geometry.WeightShape, bias, device, dtype)
        {
        }

        public override torch.Tensor forward(torch.Tensor input)
        {
            bool outside = padding_mode != PaddingModes.Zeros;
            torch.Tensor padded = outside ? torch.nn.functional.pad(input, Geometry.EdgePadding, padding_mode) : input;
            return torch.nn.functional.conv2d(padded, weight, bias, stride, outside ? [0, 0] : padding, dilation, groups);
        }
    }
}

namespace TorchSharp
{
    public static partial class torch
    {
        public static partial class nn
        {
            public static Conv2d Conv2d(
                long in_channels, long out_channels, long kernel_size, long stride = 1, long padding = 0, long dilation = 1,
                PaddingModes padding_mode = PaddingModes.Zeros, long groups = 1, bool bias = true, Device? device = null,
                ScalarType? dtype = null) =>
                Conv2d(
                    in_channels, out_channels, (kernel_size, kernel_size), (stride, stride), (padding, padding), (dilation, dilation),
                    padding_mode, groups, bias, device, dtype);

            public static Conv2d Conv2d(
                long in_channels, long out_channels, (long, long) kernel_size, (long, long)? stride = null, (long, long)? padding = null,
                (long, long)? dilation = null, PaddingModes padding_mode = PaddingModes.Zeros, long groups = 1, bool bias = true,
                Device? device = null, ScalarType? dtype = null) =>
                new(
                    new(
                        in_channels, out_channels, Both(kernel_size), Both(stride ?? (1, 1)), Both(padding ?? (0, 0)),
                        Both(dilation ?? (1, 1)), groups, padding_mode),
                    bias, device, dtype);

            private static long[] Both((long, long) pair) => [pair.Item1, pair.Item2];
        }
    }
}
