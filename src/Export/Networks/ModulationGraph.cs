using Tmrvc.Contract;
using Tmrvc.Models;

namespace Tmrvc.Export;

/// <summary>FiLM by speaker and room, the first layers with what a LoRA delta adds: that of all layers is one product.</summary>
internal sealed class ModulationGraph : ITimbreGraph
{
    private readonly NetworkGraph _network;
    private readonly StudentArchitecture _shape;
    private readonly OnnxValue _condition;
    private readonly OnnxValue[] _modulation;

    public ModulationGraph(NetworkGraph network, StudentArchitecture shape)
    {
        (_network, _shape) = (network, shape);
        _condition = network.Graph.Concat(1, network.Input("spk_embed"), Room(network, shape.IrParameters)); // [1, 216]
        string[] layers = [.. shape.ConverterDilations.Select((_, n) => $"blocks.{n}.film.proj")];
        var all = network.Linear(_condition, "film.proj", layers); // [1, layers·2·C]
        _modulation = Parts(WithDelta(all, Math.Min(shape.Lora.Layers, layers.Length), layers.Length), 2 * layers.Length);
    }

    public OnnxValue Voiced(OnnxValue rows, int layer, int count) =>
        Modulated(_network.Graph, rows, _modulation[2 * layer], _modulation[2 * layer + 1]);

    /// <summary>γ·x + β</summary>
    internal static OnnxValue Modulated(OnnxGraph graph, OnnxValue rows, OnnxValue gain, OnnxValue shift) =>
        graph.Add(graph.Multiply(rows, gain), shift);

    /// <summary>What callers give as a room, as the network sees it. [1, 24]</summary>
    internal static OnnxValue Room(NetworkGraph network, int parameters)
    {
        var (graph, values) = (network.Graph, RoomScale.Of(parameters));
        var centred = graph.Subtract(network.Input("ir_params"), graph.Constant("room_offset", values.Offset, 1, parameters));
        return graph.Divide(centred, graph.Constant("room_scale", values.Scale, 1, parameters));
    }

    /// <summary>[1, count·C] → [1, C] each</summary>
    private OnnxValue[] Parts(OnnxValue modulation, int count) =>
        _network.Graph.Split(modulation, 1, [.. Enumerable.Repeat((long)_shape.ConverterChannels, count)]);

    private OnnxValue WithDelta(OnnxValue modulation, int layers, int all)
    {
        if (layers == 0) return modulation;
        var (graph, width) = (_network.Graph, 2L * _shape.ConverterChannels);
        if (layers == all) return graph.Add(modulation, Gains(layers));
        var parts = graph.Split(modulation, 1, layers * width, (all - layers) * width);
        return graph.Concat(1, graph.Add(parts[0], Gains(layers)), parts[1]);
    }

    /// <summary>alpha/rank · (c·A)·B of the first layers, [1, layers·2·C]. The delta holds A and B layer by layer, and padding.</summary>
    private OnnxValue Gains(int layers)
    {
        var (graph, rank, width) = (_network.Graph, _shape.Lora.Rank, 2 * _shape.ConverterChannels);
        var condition = _shape.Speaker + _shape.IrParameters;
        var perLayer = graph.Reshape(graph.Slice(_network.Input("lora_delta"), 1, 0, (long)layers * (condition + width) * rank), layers, -1);
        var matrices = graph.Split(perLayer, 1, condition * rank, width * rank);
        var (down, up) = (graph.Reshape(matrices[0], layers, condition, rank), graph.Reshape(matrices[1], layers, rank, width));
        var gains = graph.Multiply(graph.MatMul(graph.MatMul(_condition, down), up), graph.Constant((float)_shape.Lora.Scale)); // [layers, 1, 2·C]
        return graph.Reshape(gains, 1, layers * width);
    }
}
