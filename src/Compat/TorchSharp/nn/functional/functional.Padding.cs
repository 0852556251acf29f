using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        public static partial class functional
        {
            /// <summary>Pads the last dimensions: left and right of the last, then of the one before.</summary>
            public static Tensor pad(Tensor input, long[] pad, PaddingModes mode = PaddingModes.Constant, double value = 0) =>
                mode switch
            {
                PaddingModes.Constant or PaddingModes.Zeros => Aten.Call("constant_pad_nd", input, pad, (Scalar)value),
                PaddingModes.Reflect => Aten.Call($"reflection_pad{pad.Length / 2}d", input, pad),
                PaddingModes.Replicate => Aten.Call($"replication_pad{pad.Length / 2}d", input, pad),
                _ => Aten.Call("_pad_circular", input, pad),
            };

            public static Tensor pad(
                Tensor input, ReadOnlySpan<long> pad, PaddingModes mode = PaddingModes.Constant, double value = 0) =>
                functional.pad(input, pad.ToArray(), mode, value);

            public static Tensor pad(
                Tensor input, (long, long) pad, PaddingModes mode = PaddingModes.Constant, double value = 0) =>
                functional.pad(input, [pad.Item1, pad.Item2], mode, value);

            public static Tensor pad(
                Tensor input, (long, long, long, long) pad, PaddingModes mode = PaddingModes.Constant, double value = 0) =>
                functional.pad(input, [pad.Item1, pad.Item2, pad.Item3, pad.Item4], mode, value);

            /// <summary>The same padding on every side of every dimension.</summary>
            public static Tensor pad(Tensor input, long pad, PaddingModes mode = PaddingModes.Constant, double value = 0) =>
                functional.pad(input, [.. Enumerable.Repeat(pad, (int)input.ndim * 2)], mode, value);

            /// <summary>
            /// Resamples the dimensions after [B, C] to <paramref name="size"/>, or by <paramref name="scale_factor"/>.
            /// </summary>
            /// <exception cref="ArgumentException">
            /// The mode does not fit the number of dimensions, or neither size nor factor is given.
            /// </exception>
            public static Tensor interpolate(
                Tensor x, long[]? size = null, double[]? scale_factor = null, InterpolationMode mode = InterpolationMode.Nearest,
                bool? align_corners = null, bool recompute_scale_factor = false, bool antialias = false)
            {
                long[] target = size ?? Scaled(x.shape, scale_factor);
                double?[] factors = recompute_scale_factor || size is not null
                    ? new double?[target.Length]
                    : [.. scale_factor!.Select(factor => (double?)factor)];
                return Resample(x, target, factors, mode, align_corners ?? false);
            }

            private static Tensor Resample(Tensor x, long[] size, double?[] factors, InterpolationMode mode, bool corners) =>
                (mode, size.Length) switch
            {
                (InterpolationMode.Nearest, 1) => Aten.Call("upsample_nearest1d", x, size, factors[0]),
                (InterpolationMode.Nearest, 2) => Aten.Call("upsample_nearest2d", x, size, factors[0], factors[1]),
                (InterpolationMode.Linear, 1) => Aten.Call("upsample_linear1d", x, size, corners, factors[0]),
                (InterpolationMode.Bilinear, 2) => Aten.Call("upsample_bilinear2d", x, size, corners, factors[0], factors[1]),
                (InterpolationMode.Area, 1) => Aten.Call("adaptive_avg_pool1d", x, size),
                _ => throw new ArgumentException(
                    $"interpolate: mode {mode} over {size.Length} dimensions. Use Nearest (1 or 2), Linear or Area (1), or Bilinear (2)."),
            };

            private static long[] Scaled(long[] shape, double[]? factors) => factors is null
                ? throw new ArgumentException("interpolate: neither size nor scale_factor was given.")
                : [.. shape.Skip(2).Select((length, i) => (long)Math.Floor(length * factors[i]))];
        }
    }
}
