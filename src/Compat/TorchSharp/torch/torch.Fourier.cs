using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    public static class fft
    {
        /// <summary>The n/2 + 1 non-negative frequencies of a real signal.</summary>
        public static Tensor rfft(Tensor input, long n = -1, long dim = -1, FFTNormType norm = FFTNormType.Backward) =>
            Transform("fft_rfft", input, n, dim, norm);

        /// <summary>The real signal of <paramref name="n"/> samples, 2·(bins − 1) by default.</summary>
        public static Tensor irfft(Tensor input, long n = -1, long dim = -1, FFTNormType norm = FFTNormType.Backward) =>
            Transform("fft_irfft", input, n, dim, norm);

        private static Tensor Transform(string name, Tensor input, long n, long dim, FFTNormType norm) =>
            Aten.Call(name, input, Argument.OrNone(n), dim, NameOf(norm));

        private static string NameOf(FFTNormType norm) => norm switch
        {
            FFTNormType.Forward => "forward",
            FFTNormType.Ortho => "ortho",
            _ => "backward",
        };
    }

    public static Tensor hann_window(
        long len, bool periodic = true, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        Window("hann_window.periodic", len, periodic, dtype, device, requires_grad);

    /// <summary>Short-time Fourier transform of [T] or [B, T]: [.., bins, frames], complex only when asked for.</summary>
    public static Tensor stft(
        Tensor input, long n_fft, long hop_length = -1, long win_length = -1, Tensor? window = null, bool center = true,
        PaddingModes pad_mode = PaddingModes.Reflect, bool normalized = false, bool? onesided = null, bool? return_complex = null) =>
        input.stft(n_fft, hop_length, win_length, window, center, pad_mode, normalized, onesided, return_complex);

    public static Tensor istft(
        Tensor input, long n_fft, long hop_length = -1, long win_length = -1, Tensor? window = null, bool center = true,
        bool normalized = false, bool? onesided = null, long length = -1, bool return_complex = false) =>
        input.istft(n_fft, hop_length, win_length, window, center, normalized, onesided, length, return_complex);

    public static Tensor complex(Tensor real, Tensor imag) => Aten.Call("complex", real, imag);

    public static Tensor polar(Tensor abs, Tensor angle) => Aten.Call("polar", abs, angle);

    private static Tensor Window(string name, long length, bool periodic, ScalarType? dtype, Device? device, bool requiresGrad) =>
        Tracked(Aten.Call(name, length, periodic, TypeOrDefault(dtype), Argument.None, Place(device)), requiresGrad);
}
