using Tmrvc.Models;

namespace Tmrvc.Export;

/// <summary>FiLM by speaker and room, the first layers with what a LoRA delta adds.</summary>
internal sealed class ModulationGraph : ITimbreGraph
{
    private readonly NetworkGraph _network;
    private readonly StudentArchitecture _shape;
    private readonly OnnxValue _condition;

    public ModulationGraph(NetworkGraph network, StudentArchitecture shape)
    {
        (_network, _shape) = (network, shape);
        _condition = network.Graph.Concat(1, network.Input("spk_embed"), Room(network, shape.IrParameters)); // [1, 216]
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
        var (graph, values) = (network.Graph, RoomValues.Of(parameters));
        var centred = graph.Subtract(network.Input("ir_params"), graph.Constant("room_offset", values.Offset, 1, parameters));
        return graph.Divide(centred, graph.Constant("room_scale", values.Scale, 1, parameters));
    }

    /// <summary>alpha/rank · (c·A)·B, [1, 2·C]</summary>
    private OnnxValue Gain(int layer)
    {
        var (graph, lora) = (_network.Graph, _shape.Lora);
        var (condition, channels) = (_shape.Speaker + _shape.IrParameters, _shape.ConverterChannels);
        long first = layer * lora.LayerLength(condition, channels);
        var down = graph.Reshape(graph.Slice(_network.Input("lora_delta"), 1, first, condition * lora.Rank), condition, lora.Rank);
        var up = graph.Reshape(
            graph.Slice(_network.Input("lora_delta"), 1, first + condition * lora.Rank, 2 * channels * lora.Rank), lora.Rank, 2 * channels);
        return graph.Multiply(graph.MatMul(graph.MatMul(_condition, down), up), graph.Constant((float)lora.Scale));
    }
}
