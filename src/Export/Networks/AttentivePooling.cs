using Tmrvc.Models;

namespace Tmrvc.Export;

/// <summary>Attentive statistics pooling (Okabe et al., 2018) in a graph.</summary>
internal static class AttentivePooling
{
    private const float VarianceFloor = 1e-6f;

    /// <summary>[1, C, T] → mean then deviation, [1, 2·C]</summary>
    public static OnnxValue Of(NetworkGraph network, OnnxValue frames, SpeakerEncoderArchitecture shape)
    {
        var (graph, channels) = (network.Graph, shape.Channels * shape.Dilations.Count);
        var mean = graph.Reduce("ReduceMean", frames, 2);
        var deviation = Deviation(graph, graph.Reduce("ReduceMean", Squares(graph, frames, mean), 2));
        var all = graph.Node("Shape", [frames]);
        var context = graph.Concat(1, frames, graph.Node("Expand", [mean, all]), graph.Node("Expand", [deviation, all])); // [1, 3·C, T]
        var inner = graph.Node("Tanh", [network.Convolution(context, "pooling.inner", 1, 1, 0)]);
        var attention = graph.Softmax(network.Convolution(inner, "pooling.outer", 1, 1, 0), 2);
        var heard = graph.Reduce("ReduceSum", graph.Multiply(attention, frames), 2);
        var spread = Deviation(graph, graph.Reduce("ReduceSum", graph.Multiply(attention, Squares(graph, frames, heard)), 2));
        return graph.Reshape(graph.Concat(1, heard, spread), 1, 2 * channels);
    }

    private static OnnxValue Squares(OnnxGraph graph, OnnxValue frames, OnnxValue mean)
    {
        var centred = graph.Subtract(frames, mean);
        return graph.Multiply(centred, centred);
    }

    private static OnnxValue Deviation(OnnxGraph graph, OnnxValue variance) =>
        graph.Node("Sqrt", [graph.Add(variance, graph.Constant(VarianceFloor))]);
}
