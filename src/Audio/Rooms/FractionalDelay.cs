using System.Runtime.Intrinsics;

namespace Tmrvc.Audio;

/// <summary>Adds impulses that lie between samples: a sinc under a Hann window of 64 samples, at the nearest of 128 fractions.</summary>
internal sealed class FractionalDelay
{
    private const int Taps = 64;
    private const int Fractions = 128;

    /// <summary>Samples that an impulse reaches back in time.</summary>
    internal const int Reach = Taps / 2;

    private readonly float[] table = new float[(Fractions + 1) * Taps];

    internal FractionalDelay()
    {
        for (var fraction = 0; fraction <= Fractions; fraction++)
            for (var tap = 0; tap < Taps; tap++)
                table[fraction * Taps + tap] = (float)Windowed(tap - (Reach - 1) - (double)fraction / Fractions);
    }

    /// <param name="target">[N] where sample <see cref="Reach"/> is time 0.</param>
    /// <param name="time">Samples, 0 or more, less than N − 2·<see cref="Reach"/>.</param>
    internal void Add(Span<Vector256<float>> target, float time, Vector256<float> gain)
    {
        var whole = (int)time;
        var row = (int)((time - whole) * Fractions + 0.5f) * Taps;
        var taps = table.AsSpan(row, Taps);
        var samples = target.Slice(whole + 1, Taps);
        for (var tap = 0; tap < Taps; tap++)
            samples[tap] += gain * taps[tap];
    }

    private static double Windowed(double distance)
    {
        var window = Math.Abs(distance) >= Reach ? 0 : 0.5 + 0.5 * Math.Cos(Math.PI * distance / Reach);
        return window * (distance == 0 ? 1 : Math.Sin(Math.PI * distance) / (Math.PI * distance));
    }
}
