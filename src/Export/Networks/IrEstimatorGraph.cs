using Onnx;
using Tmrvc.Contract;
using Tmrvc.Models;
using Tmrvc.Training;

namespace Tmrvc.Export;

/// <summary>The estimator of rooms as a network of ten frames at a time. Gives seconds, dB and dB per octave.</summary>
public static class IrEstimatorGraph
{
    public static ModelProto Of(IrEstimator estimator, MelStatistics statistics)
    {
        var shape = estimator.Architecture;
        var network = new NetworkGraph(shape.Contracts().IrEstimator, estimator);
        var (graph, stream) = (network.Graph, new StreamGraph(network, shape.RoomChannels, shape.RoomDilations));
        var mel = network.Rows(MelInput.Normalised(graph, network.Input("mel_chunk"), statistics), shape.Mels, shape.RoomFrames);
        var x = graph.Silu(network.Linear(mel, "input_proj.0")); // [10, C]
        for (var n = 0; n < shape.RoomDilations.Count; n++) x = stream.Block(x, $"blocks.{n}", shape.RoomDilations[n], shape.RoomFrames);
        var hidden = graph.Silu(network.Linear(graph.Reduce("ReduceMean", x, 0), "mlp.0"));
        network.Output("ir_params", ForCaller(graph, network.Linear(hidden, "mlp.2"), shape.IrParameters));
        stream.KeepState();
        return graph.ToModel();
    }

    /// <summary>[1, 24] → [1, 24]</summary>
    private static OnnxValue ForCaller(OnnxGraph graph, OnnxValue raw, int parameters)
    {
        var bands = parameters / 3;
        var kinds = graph.Split(raw, 1, bands, bands, bands);
        var seen = graph.Concat(1, graph.Sigmoid(kinds[0]), graph.Sigmoid(graph.Node("Neg", [kinds[1]])), graph.Node("Tanh", [kinds[2]]));
        var values = RoomScale.Of(parameters);
        var scaled = graph.Multiply(seen, graph.Constant("room_scale", values.Scale, 1, parameters));
        return graph.Add(scaled, graph.Constant("room_offset", values.Offset, 1, parameters));
    }
}
