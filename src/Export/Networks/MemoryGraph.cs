using Tmrvc.Models;

namespace Tmrvc.Export;

/// <summary>FiLM by the room, and attention to the memory of a voice.</summary>
internal sealed class MemoryGraph : ITimbreGraph
{
    private readonly NetworkGraph _network;
    private readonly StudentArchitecture _shape;
    private readonly OnnxValue _room;
    private readonly OnnxValue _memory;

    public MemoryGraph(NetworkGraph network, StudentArchitecture shape)
    {
        (_network, _shape) = (network, shape);
        _room = ModulationGraph.Room(network, shape.IrParameters);
        _memory = network.Graph.Reshape(network.Linear(network.Input("spk_embed"), "memory.proj"), shape.Memory.Entries, shape.Memory.Width);
    }

    public OnnxValue Voiced(OnnxValue rows, int layer, int count)
    {
        var modulation = _network.Linear(_room, $"blocks.{layer}.film.proj");
        var parts = _network.Graph.Split(modulation, 1, _shape.ConverterChannels, _shape.ConverterChannels);
        var modulated = ModulationGraph.Modulated(_network.Graph, rows, parts[0], parts[1]);
        return _network.Graph.Add(modulated, Attended(modulated, $"blocks.{layer}.attn", count));
    }

    /// <summary>[count, C] → [count, C]</summary>
    private OnnxValue Attended(OnnxValue rows, string layer, int count)
    {
        var (graph, memory) = (_network.Graph, _shape.Memory);
        var query = Heads(_network.Linear(_network.LayerNorm(rows, layer + ".norm"), layer + ".q_proj"), count, 1, 0, 2); // [heads, count, 12]
        var key = Heads(_network.Linear(_memory, layer + ".k_proj"), memory.Entries, 1, 2, 0); // [heads, 12, 8]
        var value = Heads(_network.Linear(_memory, layer + ".v_proj"), memory.Entries, 1, 0, 2); // [heads, 8, 12]
        var scale = graph.Constant(1 / MathF.Sqrt(memory.Width / memory.Heads));
        var weights = graph.Softmax(graph.Multiply(graph.MatMul(query, key), scale), -1); // [heads, count, 8]
        var joined = graph.Reshape(graph.Transpose(graph.MatMul(weights, value), 1, 0, 2), count, memory.Width);
        return _network.Linear(joined, layer + ".out_proj");
    }

    /// <summary>[N, 48] → [N, heads, 12] in this order of axes.</summary>
    private OnnxValue Heads(OnnxValue rows, int count, params ReadOnlySpan<long> order)
    {
        var memory = _shape.Memory;
        return _network.Graph.Transpose(_network.Graph.Reshape(rows, count, memory.Heads, memory.Width / memory.Heads), order);
    }
}
