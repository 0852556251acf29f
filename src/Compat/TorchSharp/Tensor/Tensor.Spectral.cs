using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        public Tensor real => is_complex() ? Aten.Call("real", this) : alias();

        public Tensor imag => Aten.Call("imag", this);

        public Tensor stft(
            long n_fft, long hop_length = -1, long win_length = -1, Tensor? window = null, bool center = true,
            PaddingModes pad_mode = PaddingModes.Reflect, bool normalized = false, bool? onesided = null,
            bool? return_complex = null)
        {
            Tensor signal = center ? PadEnds(n_fft / 2, pad_mode) : this;
            return Aten.Call(
                "stft", signal, n_fft, Argument.OrNone(hop_length), Argument.OrNone(win_length),
                window, normalized, onesided, return_complex ?? is_complex());
        }

        public Tensor istft(
            long n_fft, long hop_length = -1, long win_length = -1, Tensor? window = null, bool center = true,
            bool normalized = false, bool? onesided = null, long length = -1, bool return_complex = false) =>
            Aten.Call(
                "istft", this, n_fft, Argument.OrNone(hop_length), Argument.OrNone(win_length),
                window, center, normalized, onesided, Argument.OrNone(length), return_complex);

        private Tensor PadEnds(long pad, PaddingModes mode)
        {
            long[] sizes = shape;
            Tensor channels = sizes.Length == 1 ? view(1, 1, sizes[0]) : view(1, sizes[0], sizes[1]);
            return nn.functional.pad(channels, [pad, pad], mode).view([.. sizes[..^1], sizes[^1] + 2 * pad]);
        }
    }
}
