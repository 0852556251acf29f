using TorchSharp.Modules;

namespace TorchSharp.Modules
{
    /// <summary>[B, C, T] → [B, O, (T − 1)·stride − 2·padding + dilation·(K − 1) + output_padding + 1].</summary>
    public sealed class ConvTranspose1d : Convolution
    {
        internal ConvTranspose1d(ConvolutionGeometry geometry, bool bias, torch.Device? device, torch.ScalarType? dtype)
            : base(nameof(ConvTranspose1d), geometry, geometry.TransposedWeightShape, bias, device, dtype)
        {
        }

        public long[] output_padding => Geometry.OutputPadding;

        public override torch.Tensor forward(torch.Tensor input) => torch.nn.functional.conv_transpose1d(
            input, weight, bias, stride[0], padding![0], output_padding[0], dilation[0], groups);
    }
}

namespace TorchSharp
{
    public static partial class torch
    {
        public static partial class nn
        {
            /// <exception cref="ArgumentException">The padding mode is not zeros.</exception>
            public static ConvTranspose1d ConvTranspose1d(
                long in_channels, long out_channels, long kernel_size, long stride = 1, long padding = 0, long output_padding = 0,
                long dilation = 1, PaddingModes padding_mode = PaddingModes.Zeros, long groups = 1, bool bias = true,
                Device? device = null, ScalarType? dtype = null)
            {
                if (padding_mode != PaddingModes.Zeros)
                    throw new ArgumentException($"ConvTranspose1d: padding mode {padding_mode}; only zeros can be transposed.");
                var geometry = new ConvolutionGeometry(in_channels, out_channels, [kernel_size], [stride], [padding], [dilation], groups, padding_mode)
                {
                    OutputPadding = [output_padding],
                };
                return new(geometry, bias, device, dtype);
            }
        }
    }
}
