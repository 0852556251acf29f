using System.Numerics;

namespace Tmrvc.Training.Tests.Support;

/// <summary>Short-time spectra by their definition, in float64: mirrored ends, periodic Hann window in the middle of the transform.</summary>
public static class NaiveSpectrum
{
    /// <returns>Magnitudes [bins, frames].</returns>
    public static double[,] Magnitudes(double[] waveform, StftResolution resolution)
    {
        var (size, half) = (resolution.NFft, resolution.NFft / 2);
        var magnitudes = new double[half + 1, 1 + waveform.Length / resolution.Hop];
        var turns = Enumerable.Range(0, size).Select(n => Complex.FromPolarCoordinates(1, -2 * Math.PI * n / size)).ToArray();
        var windows = Enumerable.Range(0, size).Select(n => Hann(n, resolution)).ToArray();
        for (var frame = 0; frame < magnitudes.GetLength(1); frame++)
        {
            var seen = windows.Select((window, n) => window * Mirrored(waveform, frame * resolution.Hop + n - half)).ToArray();
            for (var bin = 0; bin <= half; bin++)
            {
                var sum = Complex.Zero;
                for (var n = 0; n < size; n++) sum += seen[n] * turns[bin * n % size];
                magnitudes[bin, frame] = sum.Magnitude;
            }
        }
        return magnitudes;
    }

    private static double Mirrored(double[] waveform, int index) =>
        waveform[index < 0 ? -index : index >= waveform.Length ? 2 * (waveform.Length - 1) - index : index];

    private static double Hann(int n, StftResolution resolution)
    {
        var inside = n - (resolution.NFft - resolution.Window) / 2;
        return inside < 0 || inside >= resolution.Window ? 0 : 0.5 - 0.5 * Math.Cos(2 * Math.PI * inside / resolution.Window);
    }
}
