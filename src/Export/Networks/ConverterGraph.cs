using Onnx;
using Tmrvc.Contract;
using Tmrvc.Models;

namespace Tmrvc.Export;

/// <summary>The converter as a network that gives one frame at a time. A converter with a memory takes the LoRA delta and does not use it.</summary>
public static class ConverterGraph
{
    /// <param name="lookahead">None, or <see cref="StudentArchitecture.MaxLookahead"/>.</param>
    public static ModelProto Of(Converter converter, Lookahead lookahead = default)
    {
        var (shape, contracts) = (converter.Architecture, converter.Architecture.Contracts());
        var network = new NetworkGraph(lookahead == Lookahead.None ? contracts.Converter : contracts.ConverterHq, converter);
        var (graph, count) = (network.Graph, 1 + lookahead.Frames);
        ITimbreGraph timbre = shape.Timbre == TimbrePath.Memory ? new MemoryGraph(network, shape) : new ModulationGraph(network, shape);
        var x = graph.Silu(network.Linear(network.Rows(network.Input("content"), shape.Content, count), "input_proj.0")); // [count, C]
        string[] blocks = [.. shape.ConverterDilations.Select((_, n) => $"blocks.{n}.conv_block")];
        (x, var keepState) = lookahead == Lookahead.None ? FrameByFrame(network, shape, blocks, timbre, x) : Ahead(network, shape, blocks, timbre, x, lookahead);
        var features = graph.Add(network.Linear(x, "output_proj"), CombGraph.Of(network, shape, converter.Comb));
        network.Output("pred_features", network.Frames(features, shape.Features, 1));
        keepState();
        return graph.ToModel();
    }

    private static (OnnxValue Row, Action KeepState) FrameByFrame(NetworkGraph network, StudentArchitecture shape, string[] blocks, ITimbreGraph timbre, OnnxValue x)
    {
        var stream = new FrameGraph(network, shape.ConverterChannels, blocks, shape.ConverterDilations);
        for (var n = 0; n < blocks.Length; n++) x = timbre.Voiced(stream.Block(x), n, count: 1);
        return (x, stream.KeepState);
    }

    private static (OnnxValue Row, Action KeepState) Ahead(
        NetworkGraph network, StudentArchitecture shape, string[] blocks, ITimbreGraph timbre, OnnxValue x, Lookahead lookahead)
    {
        var (ahead, count) = (lookahead.PerBlock(shape.ConverterDilations), 1 + lookahead.Frames);
        var stream = new StreamGraph(network, shape.ConverterChannels, shape.ConverterDilations, ahead);
        for (var n = 0; n < blocks.Length; n++)
        {
            x = stream.Block(x, blocks[n], shape.ConverterDilations[n], count, ahead[n], hops: 1);
            x = timbre.Voiced(x, n, count -= ahead[n]);
        }
        return (x, stream.KeepState);
    }
}

/// <summary>What voice and room do to the frames after a block.</summary>
internal interface ITimbreGraph
{
    /// <param name="rows">[count, C]</param>
    OnnxValue Voiced(OnnxValue rows, int layer, int count);
}
