using Tmrvc.Contract;
using Tmrvc.Models;

namespace Tmrvc.Export;

/// <summary>FiLM by speaker and room, the first layers with what a LoRA delta adds.</summary>
internal sealed class ModulationGraph : ITimbreGraph
{
    private readonly NetworkGraph _network;
    private readonly StudentArchitecture _shape;
    private readonly OnnxValue _condition;
    private readonly OnnxValue[] _delta;

    public ModulationGraph(NetworkGraph network, StudentArchitecture shape)
    {
        (_network, _shape) = (network, shape);
        _condition = network.Graph.Concat(1, network.Input("spk_embed"), Room(network, shape.IrParameters)); // [1, 216]
        _delta = network.Graph.Split(network.Input("lora_delta"), 1, DeltaParts());
    }

    public OnnxValue Voiced(OnnxValue rows, int layer, int count)
    {
        var graph = _network.Graph;
        var modulation = _network.Linear(_condition, $"blocks.{layer}.film.proj"); // [1, 2·C]
        if (layer < _shape.Lora.Layers) modulation = graph.Add(modulation, Gain(layer));
        return Modulated(graph, rows, modulation, _shape.ConverterChannels);
    }

    /// <summary>γ·x + β</summary>
    internal static OnnxValue Modulated(OnnxGraph graph, OnnxValue rows, OnnxValue modulation, int channels)
    {
        var parts = graph.Split(modulation, 1, channels, channels);
        return graph.Add(graph.Multiply(rows, parts[0]), parts[1]);
    }

    /// <summary>What callers give as a room, as the network sees it. [1, 24]</summary>
    internal static OnnxValue Room(NetworkGraph network, int parameters)
    {
        var (graph, values) = (network.Graph, RoomScale.Of(parameters));
        var centred = graph.Subtract(network.Input("ir_params"), graph.Constant("room_offset", values.Offset, 1, parameters));
        return graph.Divide(centred, graph.Constant("room_scale", values.Scale, 1, parameters));
    }

    /// <summary>alpha/rank · (c·A)·B, [1, 2·C]</summary>
    private OnnxValue Gain(int layer)
    {
        var (graph, lora) = (_network.Graph, _shape.Lora);
        var down = graph.Reshape(_delta[2 * layer], Condition, lora.Rank);
        var up = graph.Reshape(_delta[2 * layer + 1], lora.Rank, 2 * _shape.ConverterChannels);
        return graph.Multiply(graph.MatMul(graph.MatMul(_condition, down), up), graph.Constant((float)lora.Scale));
    }

    private int Condition => _shape.Speaker + _shape.IrParameters;

    /// <summary>A and B of each layer, and the padding.</summary>
    private long[] DeltaParts()
    {
        var lora = _shape.Lora;
        var layers = Enumerable.Range(0, lora.Layers).SelectMany(_ => new long[] { Condition * lora.Rank, 2L * _shape.ConverterChannels * lora.Rank }).ToArray();
        return layers.Sum() == lora.Length ? layers : [.. layers, lora.Length - layers.Sum()];
    }
}
