using TorchSharp.Modules;

namespace TorchSharp.Modules
{
    /// <summary>[B, C, T] → [B, O, T'].</summary>
    public sealed class Conv1d : Convolution
    {
        internal Conv1d(ConvolutionGeometry geometry, bool bias, torch.Device? device, torch.ScalarType? dtype)
            : base(nameof(Conv1d), geometry, geometry.WeightShape, bias, device, dtype)
        {
        }

        public override torch.Tensor forward(torch.Tensor input)
        {
            if (padding_mode != PaddingModes.Zeros) return Convolve(
                torch.nn.functional.pad(input, Geometry.EdgePadding, padding_mode), 0);
            return padding is { } given
                ? Convolve(input, given[0])
                : torch.nn.functional.conv1d_padding(input, weight, bias, stride[0], Padding.Same, dilation[0], groups);
        }

        private torch.Tensor Convolve(torch.Tensor input, long padding) =>
            torch.nn.functional.conv1d(input, weight, bias, stride[0], padding, dilation[0], groups);
    }
}

namespace TorchSharp
{
    public static partial class torch
    {
        public static partial class nn
        {
            public static Conv1d Conv1d(
                long in_channels, long out_channels, long kernel_size, long stride = 1, long padding = 0, long dilation = 1,
                PaddingModes padding_mode = PaddingModes.Zeros, long groups = 1, bool bias = true, Device? device = null,
                ScalarType? dtype = null) =>
                new(
                    new(in_channels, out_channels, [kernel_size], [stride], [padding], [dilation], groups, padding_mode), bias,
                    device, dtype);

            public static Conv1d Conv1d(
                long in_channels, long out_channels, long kernel_size, Padding padding, long stride = 1, long dilation = 1,
                PaddingModes padding_mode = PaddingModes.Zeros, long groups = 1, bool bias = true, Device? device = null,
                ScalarType? dtype = null) =>
                new(
                    new(
                        in_channels, out_channels, [kernel_size], [stride], padding == Padding.Same ? null : [0], [dilation],
                        groups, padding_mode),
                    bias, device, dtype);
        }
    }
}
