using Onnx;
using Tmrvc.Contract;
using Tmrvc.Models;
using Tmrvc.Training;

namespace Tmrvc.Export;

/// <summary>The content encoder as a network of one frame at a time.</summary>
public static class ContentEncoderGraph
{
    public static ModelProto Of(ContentEncoder encoder, MelStatistics statistics)
    {
        var shape = encoder.Architecture;
        var network = new NetworkGraph(shape.Contracts().ContentEncoder, encoder);
        string[] blocks = [.. shape.ContentDilations.Select((_, n) => $"blocks.{n}")];
        var (graph, stream) = (network.Graph, new FrameGraph(network, shape.ContentChannels, blocks, shape.ContentDilations));
        var seen = graph.Concat(1, MelInput.Normalised(graph, network.Input("mel_frame"), statistics), network.Input("f0"));
        var x = graph.Silu(network.Linear(network.Rows(seen, shape.Mels + 1, 1), "input_proj.0")); // [1, C]
        for (var n = 0; n < blocks.Length; n++) x = stream.Block(x);
        var said = graph.Slice(network.Frames(network.Linear(x, "output_proj"), shape.Content, 1), 1, 0, shape.Content - 1);
        network.Output("content", graph.Concat(1, said, network.Input("f0")));
        stream.KeepState();
        return graph.ToModel();
    }
}
