using Tmrvc.Contract;
using Tmrvc.Models;

namespace Tmrvc.Export;

/// <summary>A chain of causal blocks that are given several frames at a time, and the state that it takes and leaves.</summary>
internal sealed class StreamGraph
{
    private readonly NetworkGraph _network;
    private readonly int _channels;
    private readonly Queue<(OnnxValue Past, int Frames)> _before;
    private readonly List<OnnxValue> _after = [];

    /// <param name="channels">Of every block.</param>
    /// <param name="ahead">Frames that each block sees beyond those it gives.</param>
    public StreamGraph(NetworkGraph network, int channels, IReadOnlyList<int> dilations, IReadOnlyList<int>? ahead = null)
    {
        (_network, _channels) = (network, channels);
        int[] frames = [.. dilations.Select((dilation, n) => (StudentArchitecture.Kernel - 1) * dilation - (ahead?[n] ?? 0))];
        var parts = network.Graph.Split(network.Input(ModelContract.StateIn), 2, [.. frames.Select(count => (long)count)]);
        _before = new(parts.Zip(frames));
    }

    /// <summary>One block.</summary>
    /// <param name="rows">[T + ahead, C]</param>
    /// <param name="count">T + ahead.</param>
    /// <param name="ahead">Frames that it sees beyond those it gives.</param>
    /// <param name="hops">Frames by which the stream moves on.</param>
    /// <returns>[T, C]</returns>
    public OnnxValue Block(OnnxValue rows, string name, int dilation, int count, int ahead = 0, int hops = 0)
    {
        var (graph, given) = (_network.Graph, count - ahead);
        var (past, remembered) = _before.Dequeue();
        var joined = graph.Concat(2, past, _network.Frames(rows, _channels, count)); // [1, C, remembered + count]
        _after.Add(graph.Slice(joined, 2, hops == 0 ? count : hops, remembered));
        var convolved = given == 1 ? Taps(joined, name + ".dwconv", dilation)
            : _network.Rows(_network.Convolution(joined, name + ".dwconv", dilation, _channels, 0), _channels, given);
        return _network.Transformed(given == count ? rows : graph.Slice(rows, 0, 0, given), convolved, name);
    }

    /// <summary>Leaves what all blocks remember.</summary>
    public void KeepState() => _network.Output(ModelContract.StateOut, _network.Graph.Concat(2, [.. _after]));

    /// <summary>
    /// A depthwise convolution that gives one frame, as a product and a sum: ONNX Runtime computes it two to three times as fast as a
    /// convolution of as many groups as channels. [1, C, 2·dilation + 1] → [1, C]
    /// </summary>
    private OnnxValue Taps(OnnxValue joined, string layer, int dilation)
    {
        var graph = _network.Graph;
        var seen = dilation == 1 ? joined : graph.SliceEach(joined, 2, 2L * dilation + 1, dilation); // [1, C, 3]
        var products = graph.Multiply(seen, _network.Weight(layer + ".weight", 1, _channels, StudentArchitecture.Kernel));
        var sums = graph.Node("ReduceSum", [products, graph.Constant([2L])], OnnxAttributes.Of("keepdims", 0));
        return graph.Add(sums, _network.Weight(layer + ".bias"));
    }
}
