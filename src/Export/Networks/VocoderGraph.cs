using Onnx;
using Tmrvc.Contract;
using Tmrvc.Models;

namespace Tmrvc.Export;

/// <summary>The vocoder as a network of one frame at a time.</summary>
public static class VocoderGraph
{
    public static ModelProto Of(StudentVocoder vocoder)
    {
        var (shape, bins) = (vocoder.Architecture, vocoder.Architecture.Features);
        var network = new NetworkGraph(shape.Contracts().Vocoder, vocoder);
        string[] blocks = [.. shape.VocoderDilations.Select((_, n) => $"blocks.{n}")];
        var (graph, stream) = (network.Graph, new FrameGraph(network, shape.VocoderChannels, blocks, shape.VocoderDilations));
        var features = network.Rows(network.Input("features"), bins, 1); // [1, 513]
        var source = new SourceGraph(network, shape, vocoder.Source);
        var x = source.Leading(graph.Silu(network.Linear(features, "input_proj.0")));
        for (var n = 0; n < blocks.Length; n++) x = stream.Block(x);
        var logMagnitude = graph.Add(features, network.Linear(x, "mag_head.0"));
        var magnitude = graph.Node("Exp", [graph.ClampAbove(logMagnitude, (float)StudentVocoder.LargestLogMagnitude)]);
        var (cosine, sine) = source.Turned(network.Linear(x, "phase_cos_head"), network.Linear(x, "phase_sin_head"));
        var phase = graph.Atan2(sine, cosine);
        network.Output("stft_mag", network.Frames(magnitude, bins, 1));
        network.Output("stft_phase", network.Frames(phase, bins, 1));
        stream.KeepState();
        return graph.ToModel();
    }
}
