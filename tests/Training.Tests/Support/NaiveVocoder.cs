using Tmrvc.Models;

namespace Tmrvc.Training.Tests.Support;

/// <summary>The teacher's vocoder by its definition (Vocos, Siuzdak, 2023; frames end with their hop), in float64, of one utterance.</summary>
public sealed class NaiveVocoder(TeacherVocoder network)
{
    private readonly VocoderArchitecture _shape = network.Architecture;
    private readonly NaiveLayers _layers = new(network);

    /// <param name="mel">[mels][T]</param>
    /// <returns>[240·T]</returns>
    public double[] Speak(double[][] mel)
    {
        double[][] held = [.. mel.Select(band => (double[])[.. band, .. Enumerable.Repeat(band[^1], _shape.FramesAhead)])];
        var x = NaiveLayers.EachFrame(_layers.Convolve("input_conv", held, _shape.Kernel), frame => _layers.Normalise("input_norm", frame));
        for (var n = 0; n < _shape.Blocks; n++) x = Block($"blocks{n}", x);
        var heads = NaiveLayers.EachFrame(x, frame => _layers.Linear("head", _layers.Normalise("output_norm", frame)));
        return OverlapAdd(heads, mel[0].Length);
    }

    private double[][] Block(string name, double[][] x)
    {
        var h = _layers.Convolve(name + ".dwconv", x, _shape.Kernel, groups: x.Length);
        h = NaiveLayers.EachFrame(h, frame => _layers.Linear(
            name + ".pwconv2", [.. _layers.Linear(name + ".pwconv1", _layers.Normalise(name + ".norm", frame)).Select(Gelu)]));
        return NaiveLayers.Sum(x, [.. h.Select((channel, c) => channel.Select(value => value * _layers.Weight(name + ".gamma")[c]).ToArray())]);
    }

    /// <summary>Frame f covers the samples from hop·(f + 1) − window on.</summary>
    private double[] OverlapAdd(double[][] heads, int frames)
    {
        var (waveform, envelope) = (new double[frames * _shape.HopLength], new double[frames * _shape.HopLength]);
        for (var frame = 0; frame < heads[0].Length; frame++)
        {
            var samples = Inverse([.. heads.Select(head => head[frame])]);
            for (var n = 0; n < _shape.WindowLength; n++)
            {
                var (at, window) = (_shape.HopLength * (frame + 1) - _shape.WindowLength + n, 0.5 - 0.5 * Math.Cos(2 * Math.PI * n / _shape.WindowLength));
                if (at < 0 || at >= waveform.Length) continue;
                waveform[at] += window * samples[n];
            }
        }
        for (var at = 0; at < envelope.Length; at++)
            for (var n = at % _shape.HopLength; n < _shape.WindowLength; n += _shape.HopLength)
                envelope[at] += Math.Pow(0.5 - 0.5 * Math.Cos(2 * Math.PI * n / _shape.WindowLength), 2);
        return [.. waveform.Zip(envelope, (sample, sum) => sample / sum)];
    }

    /// <summary>Log-magnitudes then phases of one frame, to samples.</summary>
    private double[] Inverse(double[] head)
    {
        var (bins, size) = (_shape.Bins, _shape.NFft);
        var cosines = Enumerable.Range(0, size).Select(n => Math.Cos(2 * Math.PI * n / size)).ToArray();
        var samples = new double[_shape.WindowLength];
        for (var bin = 0; bin < bins; bin++)
        {
            var magnitude = Math.Exp(Math.Min(head[bin], 7)) * (bin == 0 || bin == bins - 1 ? 1 : 2) / size;
            var (real, imaginary) = (magnitude * Math.Cos(head[bins + bin]), bin == 0 || bin == bins - 1 ? 0 : magnitude * Math.Sin(head[bins + bin]));
            for (var n = 0; n < samples.Length; n++)
            {
                var turn = (int)((long)bin * n % size);
                samples[n] += real * cosines[turn] - imaginary * cosines[(turn + 3 * size / 4) % size]; // the sine is a quarter behind
            }
        }
        return samples;
    }

    private static double Gelu(double x) => x * (1 + Erf(x / Math.Sqrt(2))) / 2;

    /// <summary>The power series; exact to 1e-12 for what a small network gives.</summary>
    private static double Erf(double x)
    {
        var (sum, term) = (0.0, x);
        for (var n = 0; n < 80; n++)
        {
            sum += term / (2 * n + 1);
            term *= -x * x / (n + 1);
        }
        return 2 / Math.Sqrt(Math.PI) * sum;
    }
}
