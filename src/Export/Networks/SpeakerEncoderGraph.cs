using Onnx;
using Tmrvc.Contract;
using Tmrvc.Models;
using Tmrvc.Training;

namespace Tmrvc.Export;

/// <summary>The speaker encoder as a network of any number of frames. Frames are columns: [1, C, T].</summary>
public static class SpeakerEncoderGraph
{
    private const float LeastLength = 1e-12f;

    public static ModelProto Of(StudentSpeakerEncoder encoder, MelStatistics statistics)
    {
        var shape = encoder.Architecture;
        var network = new NetworkGraph(shape.Contracts().SpeakerEncoder, encoder);
        var graph = network.Graph;
        var x = Layer(network, MelInput.Normalised(graph, network.Input("mel_ref"), statistics), "input", dilation: 1);
        var outputs = new List<OnnxValue>();
        for (var n = 0; n < shape.SpeakerEncoder.Dilations.Count; n++)
            outputs.Add(x = Block(network, x, $"block{n + 1}", shape.SpeakerEncoder, shape.SpeakerEncoder.Dilations[n]));
        var joined = Layer(network, graph.Concat(1, [.. outputs]), "aggregate", dilation: 1);
        var pooled = network.LayerNorm(AttentivePooling.Of(network, joined, shape.SpeakerEncoder), "norm"); // [1, 2 · blocks · C]
        var embedding = network.Linear(pooled, "output");
        network.Output("spk_embed", graph.Divide(embedding, graph.ClampBelow(graph.Reduce("ReduceL2", embedding, 1), LeastLength)));
        network.Output("lora_delta", Delta(network, pooled, shape.Lora.Length));
        return graph.ToModel();
    }

    private static OnnxValue Delta(NetworkGraph network, OnnxValue pooled, int length)
    {
        var delta = network.Linear(network.Graph.Silu(network.Linear(pooled, "lora_head.0")), "lora_head.2");
        var padding = length - network.ShapeOf("lora_head.2.bias")[0];
        return padding == 0 ? delta : network.Graph.Concat(1, delta, network.Graph.Constant("lora_padding", new float[padding], 1, padding));
    }

    /// <summary>Convolution over as many frames as there are, ReLU, layer normalisation of each frame.</summary>
    private static OnnxValue Layer(NetworkGraph network, OnnxValue frames, string name, int dilation)
    {
        var padding = dilation * (network.ShapeOf(name + ".conv.weight")[2] - 1) / 2;
        var h = network.Graph.Node("Relu", [network.Convolution(frames, name + ".conv", dilation, 1, padding)]);
        return network.Graph.Transpose(network.LayerNorm(network.Graph.Transpose(h, 0, 2, 1), name + ".norm"), 0, 2, 1);
    }

    private static OnnxValue Block(NetworkGraph network, OnnxValue frames, string name, SpeakerEncoderArchitecture shape, int dilation)
    {
        var graph = network.Graph;
        long[] sizes = [.. Enumerable.Repeat((long)(shape.Channels / shape.Scale), shape.Scale)];
        var parts = graph.Split(Layer(network, frames, name + ".reduce", 1), 1, sizes);
        var outputs = new List<OnnxValue> { parts[0] };
        for (var n = 1; n < shape.Scale; n++)
            outputs.Add(Layer(network, n == 1 ? parts[1] : graph.Add(parts[n], outputs[n - 1]), $"{name}.group{n}", dilation));
        var h = Layer(network, graph.Concat(1, [.. outputs]), name + ".expand", 1);
        return graph.Add(frames, graph.Multiply(h, Gate(network, h, name + ".excitation", shape.Channels)));
    }

    /// <summary>[1, C, T] → [1, C, 1]</summary>
    private static OnnxValue Gate(NetworkGraph network, OnnxValue frames, string name, int channels)
    {
        var mean = network.Graph.Reshape(network.Graph.Reduce("ReduceMean", frames, 2), 1, channels);
        var squeezed = network.Graph.Node("Relu", [network.Linear(mean, name + ".squeeze")]);
        return network.Graph.Reshape(network.Graph.Sigmoid(network.Linear(squeezed, name + ".excite")), 1, channels, 1);
    }
}
