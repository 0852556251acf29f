using Tmrvc.Models;

namespace Tmrvc.Training.Tests.Support;

/// <summary>The speaker encoder by its definition (ECAPA-TDNN, Desplanques et al., 2020, with layer normalisation), in float64, of one utterance.</summary>
public sealed class NaiveSpeakerEncoder(SpeakerEncoder network)
{
    private readonly SpeakerEncoderArchitecture _shape = network.Architecture;
    private readonly NaiveLayers _layers = new(network);

    /// <param name="mel">[mels][T]</param>
    /// <returns>Unit length.</returns>
    public double[] Embed(double[][] mel)
    {
        var x = Frame("input", mel, 5, 1);
        var outputs = new List<double[][]>();
        for (var block = 0; block < _shape.Dilations.Count; block++) outputs.Add(x = Block($"block{block + 1}", x, _shape.Dilations[block]));
        var pooled = _layers.Normalise("norm", Pooled(Frame("aggregate", [.. outputs.SelectMany(output => output)], 1, 1)));
        var embedding = _layers.Linear("output", pooled);
        var length = Math.Sqrt(embedding.Sum(value => value * value));
        return [.. embedding.Select(value => value / length)];
    }

    private double[][] Frame(string name, double[][] x, int kernel, int dilation) => NaiveLayers.EachFrame(
        NaiveLayers.EachValue(_layers.Convolve(name + ".conv", x, kernel, dilation), value => Math.Max(0, value)), frame => _layers.Normalise(name + ".norm", frame));

    private double[][] Block(string name, double[][] x, int dilation)
    {
        var parts = Frame(name + ".reduce", x, 1, 1).Chunk(_shape.Channels / _shape.Scale).ToArray();
        var outputs = new List<double[][]> { parts[0] };
        for (var n = 1; n < _shape.Scale; n++)
            outputs.Add(Frame($"{name}.group{n}", n == 1 ? parts[1] : NaiveLayers.Sum(parts[n], outputs[n - 1]), 3, dilation));
        var h = Frame(name + ".expand", [.. outputs.SelectMany(output => output)], 1, 1);
        var squeezed = _layers.Linear(name + ".excitation.squeeze", [.. h.Select(channel => channel.Average())]);
        var gate = _layers.Linear(name + ".excitation.excite", [.. squeezed.Select(value => Math.Max(0, value))]).Select(value => 1 / (1 + Math.Exp(-value))).ToArray();
        return NaiveLayers.Sum(x, [.. h.Select((channel, c) => channel.Select(value => value * gate[c]).ToArray())]);
    }

    private double[] Pooled(double[][] x)
    {
        var even = x.Select(channel => Statistics(channel, [.. channel.Select(_ => 1.0 / channel.Length)])).ToArray();
        double[][] context = [.. x, .. even.Select(s => Constant(s.Mean, x[0].Length)), .. even.Select(s => Constant(s.Deviation, x[0].Length))];
        var scores = _layers.Convolve("pooling.outer", NaiveLayers.EachValue(_layers.Convolve("pooling.inner", context, 1), Math.Tanh), 1);
        var attended = x.Zip(scores, (channel, score) => Statistics(channel, Softmax(score))).ToArray();
        return [.. attended.Select(s => s.Mean), .. attended.Select(s => s.Deviation)];
    }

    private static double[] Constant(double value, int count) => [.. Enumerable.Repeat(value, count)];

    private static double[] Softmax(double[] scores)
    {
        var sum = scores.Sum(Math.Exp);
        return [.. scores.Select(score => Math.Exp(score) / sum)];
    }

    private static (double Mean, double Deviation) Statistics(double[] values, double[] weights)
    {
        var mean = values.Zip(weights, (value, weight) => value * weight).Sum();
        return (mean, Math.Sqrt(values.Zip(weights, (value, weight) => weight * (value - mean) * (value - mean)).Sum() + 1e-6));
    }
}
