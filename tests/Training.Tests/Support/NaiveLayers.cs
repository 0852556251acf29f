using static TorchSharp.torch;

namespace Tmrvc.Training.Tests.Support;

/// <summary>Layers by their definitions, in float64 and loops, over a network's weights by name. A signal is [channel][frame]; zeros lie around it.</summary>
public sealed class NaiveLayers(nn.Module network)
{
    private readonly Dictionary<string, double[]> _weights = network.named_parameters().ToDictionary(
        p => p.name, p => p.parameter.detach().to(ScalarType.Float64).contiguous().data<double>().ToArray());

    public double[] Weight(string name) => _weights[name];

    /// <param name="groups">1, or one for each channel.</param>
    public double[][] Convolve(string name, double[][] x, int kernel, int dilation = 1, int groups = 1)
    {
        var (weight, bias) = (_weights[name + ".weight"], _weights[name + ".bias"]);
        var perGroup = x.Length / groups;
        return [.. Enumerable.Range(0, bias.Length).Select(o => Frames(x, t =>
        {
            var sum = bias[o];
            for (var i = 0; i < perGroup; i++)
                for (var k = 0; k < kernel; k++)
                {
                    var at = t + (k - kernel / 2) * dilation;
                    if (at >= 0 && at < x[0].Length) sum += weight[(o * perGroup + i) * kernel + k] * x[groups == 1 ? i : o][at];
                }
            return sum;
        }))];
    }

    public double[] Linear(string name, double[] x)
    {
        var (weight, bias) = (_weights[name + ".weight"], _weights[name + ".bias"]);
        return [.. bias.Select((b, o) => b + x.Select((value, i) => weight[o * x.Length + i] * value).Sum())];
    }

    public double[] Normalise(string name, double[] x)
    {
        var mean = x.Average();
        var deviation = Math.Sqrt(x.Average(value => (value - mean) * (value - mean)) + 1e-5);
        return [.. x.Select((value, i) => (value - mean) / deviation * _weights[name + ".weight"][i] + _weights[name + ".bias"][i])];
    }

    /// <summary>A function of each frame's channels.</summary>
    public static double[][] EachFrame(double[][] x, Func<double[], double[]> function)
    {
        var frames = Enumerable.Range(0, x[0].Length).Select(t => function([.. x.Select(channel => channel[t])])).ToArray();
        return [.. Enumerable.Range(0, frames[0].Length).Select(c => frames.Select(frame => frame[c]).ToArray())];
    }

    public static double[][] EachValue(double[][] x, Func<double, double> function) => [.. x.Select(channel => channel.Select(function).ToArray())];

    public static double[][] Sum(double[][] x, double[][] y) => [.. x.Zip(y, (a, b) => a.Zip(b, (left, right) => left + right).ToArray())];

    private static double[] Frames(double[][] x, Func<int, double> value) => [.. Enumerable.Range(0, x[0].Length).Select(value)];
}
