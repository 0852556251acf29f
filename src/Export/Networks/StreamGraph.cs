using Tmrvc.Models;

namespace Tmrvc.Export;

/// <summary>A chain of causal blocks in a graph, and the state that it takes and leaves.</summary>
/// <param name="channels">Of every block.</param>
internal sealed class StreamGraph(NetworkGraph network, int channels)
{
    private readonly List<OnnxValue> _after = [];
    private long _read;

    /// <summary>One block.</summary>
    /// <param name="rows">[T + ahead, C]</param>
    /// <param name="count">T + ahead.</param>
    /// <param name="ahead">Frames that it sees beyond those it gives.</param>
    /// <param name="hops">Frames by which the stream moves on.</param>
    /// <returns>[T, C]</returns>
    public OnnxValue Block(OnnxValue rows, string name, int dilation, int count, int ahead = 0, int hops = 0)
    {
        var graph = network.Graph;
        var (remembered, given) = ((StudentArchitecture.Kernel - 1) * dilation - ahead, count - ahead);
        var past = graph.Slice(network.Input(ModelContract.StateIn), 2, _read, remembered);
        _read += remembered;
        var joined = graph.Concat(2, past, network.Frames(rows, channels, count)); // [1, C, remembered + count]
        _after.Add(graph.Slice(joined, 2, hops == 0 ? count : hops, remembered));
        var h = network.Rows(network.Convolution(joined, name + ".dwconv", dilation, channels, 0), channels, given);
        h = graph.Silu(network.Linear(network.LayerNorm(h, name + ".norm"), name + ".pwconv1"));
        h = network.Linear(h, name + ".pwconv2");
        return graph.Add(given == count ? rows : graph.Slice(rows, 0, 0, given), h);
    }

    /// <summary>Leaves what all blocks remember.</summary>
    public void KeepState() => network.Output(ModelContract.StateOut, network.Graph.Concat(2, [.. _after]));
}
