using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Tmrvc.Audio;

/// <summary>
/// K-weighting of ITU-R BS.1770-4, and the power of what it leaves. Eight stretches of the signal are filtered side by side, each from
/// 0.2 s before its beginning: by then the filter has forgotten all but 10⁻¹⁹ of what came earlier.
/// </summary>
internal sealed class KWeighting
{
    private const double HopSeconds = 0.1;
    private const int HopsOfWarmUp = 2;

    private readonly Biquad _shelf;
    private readonly Biquad _highPass;
    private readonly int _hop;
    private readonly double[] _interleaved;

    internal KWeighting(int sampleRate)
    {
        _shelf = Biquad.HighShelf(sampleRate, 1681.974450955533, 3.999843853973347, 0.7071752369554196);
        _highPass = Biquad.HighPass(sampleRate, 38.13547087602444, 0.5003270373238773);
        _hop = (int)Math.Round(HopSeconds * sampleRate);
        _interleaved = new double[_hop * Vector512<double>.Count];
    }

    /// <returns>Mean squares of whole hops of 100 ms.</returns>
    internal double[] HopPowers(ReadOnlySpan<float> samples)
    {
        var hops = samples.Length / _hop;
        var perStretch = (hops + Vector512<double>.Count - 1) / Vector512<double>.Count;
        var powers = new double[perStretch * Vector512<double>.Count];
        var (shelf, highPass) = (default(Biquad.Memory), default(Biquad.Memory));
        for (var hop = -HopsOfWarmUp; hop < perStretch; hop++)
        {
            Interleave(samples, hop, perStretch);
            var power = Power(ref shelf, ref highPass) / _hop;
            for (var stretch = 0; hop >= 0 && stretch < Vector512<double>.Count; stretch++)
                powers[stretch * perStretch + hop] = power[stretch];
        }
        return powers[..hops];
    }

    /// <summary>The same hop of each stretch, zeros beyond the signal.</summary>
    private void Interleave(ReadOnlySpan<float> samples, int hop, int perStretch)
    {
        Array.Clear(_interleaved);
        for (var stretch = 0; stretch < Vector512<double>.Count; stretch++)
        {
            var start = (stretch * perStretch + hop) * _hop;
            if (start < 0 || start >= samples.Length)
                continue;
            var here = samples.Slice(start, Math.Min(_hop, samples.Length - start));
            for (var n = 0; n < here.Length; n++)
                _interleaved[n * Vector512<double>.Count + stretch] = here[n];
        }
    }

    private Vector512<double> Power(ref Biquad.Memory shelf, ref Biquad.Memory highPass)
    {
        var (one, other, sum) = (shelf, highPass, Vector512<double>.Zero);
        foreach (var value in MemoryMarshal.Cast<double, Vector512<double>>(_interleaved))
        {
            var weighted = _highPass.Next(_shelf.Next(value, ref one), ref other);
            sum = Vector512.MultiplyAddEstimate(weighted, weighted, sum);
        }
        (shelf, highPass) = (one, other);
        return sum;
    }
}
