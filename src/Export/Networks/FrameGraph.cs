using Tmrvc.Contract;
using Tmrvc.Models;

namespace Tmrvc.Export;

/// <summary>
/// A chain of causal blocks that are given one frame at a time. What the past adds to each block's convolution is computed for all blocks at
/// once, and no block's past is joined to its frame: ONNX Runtime then takes half the time for everything but the matrix products.
/// </summary>
internal sealed class FrameGraph
{
    private readonly NetworkGraph _network;
    private readonly IReadOnlyList<string> _names;
    private readonly int _channels;
    private readonly OnnxValue[] _remembered;
    private readonly OnnxValue[] _fromPast;
    private readonly List<OnnxValue> _frames = [];

    /// <param name="channels">Of every block.</param>
    /// <param name="names">Of the blocks.</param>
    public FrameGraph(NetworkGraph network, int channels, IReadOnlyList<string> names, IReadOnlyList<int> dilations)
    {
        (_network, _channels, _names) = (network, channels, names);
        var state = network.Input(ModelContract.StateIn);
        long[] lengths = [.. dilations.Select(dilation => (StudentArchitecture.Kernel - 1L) * dilation)];
        long[] first = [.. lengths.Select((_, block) => lengths[..block].Sum())];
        _remembered = network.Graph.Split(state, 2, [.. lengths.SelectMany(length => new[] { 1, length - 1 })]);
        var oldest = Tapped(state, first, tap: 0);
        var middle = Tapped(state, [.. first.Zip(dilations, (start, dilation) => start + dilation)], tap: 1);
        _fromPast = Rows(network.Graph.Add(oldest, middle));
    }

    /// <summary>The next block. [1, C] → [1, C]</summary>
    public OnnxValue Block(OnnxValue row)
    {
        var (graph, block) = (_network.Graph, _frames.Count);
        _frames.Add(_network.Frames(row, _channels, 1));
        var latest = graph.Constant(_names[block] + ".dwconv.tap_2", Taps(block, 2), 1, _channels);
        return _network.Transformed(row, graph.Add(_fromPast[block], graph.Multiply(row, latest)), _names[block]);
    }

    /// <summary>Leaves what all blocks remember: all but the oldest frame, and the one that came.</summary>
    public void KeepState() => _network.Output(
        ModelContract.StateOut, _network.Graph.Concat(2, [.. _frames.SelectMany((frame, block) => new[] { _remembered[2 * block + 1], frame })]));

    /// <summary>One frame of each block's past times its weights, [1, C, blocks].</summary>
    private OnnxValue Tapped(OnnxValue state, long[] places, int tap)
    {
        var graph = _network.Graph;
        var past = graph.Node("Gather", [state, graph.Constant(places)], OnnxAttributes.Of("axis", 2));
        return graph.Multiply(past, Joined($"dwconv.tap_{tap}", block => Taps(block, tap)));
    }

    /// <summary>With the biases, [1, C, blocks] → [1, C] of each block.</summary>
    private OnnxValue[] Rows(OnnxValue sums)
    {
        var graph = _network.Graph;
        var biased = graph.Add(sums, Joined("dwconv.bias", block => _network.Values(_names[block] + ".dwconv.bias")));
        var rows = graph.Transpose(graph.Reshape(biased, _channels, _names.Count), 1, 0);
        return _names.Count == 1 ? [rows] : graph.Split(rows, 0, [.. _names.Select(_ => 1L)]);
    }

    /// <summary>A number per channel of each block, [1, C, blocks].</summary>
    private OnnxValue Joined(string name, Func<int, float[]> values)
    {
        var joined = new float[_channels * _names.Count];
        for (var block = 0; block < _names.Count; block++)
            foreach (var (channel, value) in values(block).Index()) joined[channel * _names.Count + block] = value;
        return _network.Graph.Constant(name, joined, 1, _channels, _names.Count);
    }

    private float[] Taps(int block, int tap) =>
        [.. _network.Values(_names[block] + ".dwconv.weight").Where((_, n) => n % StudentArchitecture.Kernel == tap)];
}
