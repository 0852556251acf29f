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
        var (ahead, count) = (lookahead.PerBlock(shape.ConverterDilations), 1 + lookahead.Frames);
        var (graph, stream) = (network.Graph, new StreamGraph(network, shape.ConverterChannels, shape.ConverterDilations, ahead));
        ITimbreGraph timbre = shape.Timbre == TimbrePath.Memory ? new MemoryGraph(network, shape) : new ModulationGraph(network, shape);
        var x = graph.Silu(network.Linear(network.Rows(network.Input("content"), shape.Content, count), "input_proj.0")); // [count, C]
        for (var n = 0; n < ahead.Length; n++)
        {
            x = stream.Block(x, $"blocks.{n}.conv_block", shape.ConverterDilations[n], count, ahead[n], hops: 1);
            x = timbre.Voiced(x, n, count -= ahead[n]);
        }
        var features = graph.Add(network.Linear(x, "output_proj"), CombGraph.Of(network, shape, converter.Comb));
        network.Output("pred_features", network.Frames(features, shape.Features, 1));
        stream.KeepState();
        return graph.ToModel();
    }
}

/// <summary>What voice and room do to the frames after a block.</summary>
internal interface ITimbreGraph
{
    /// <param name="rows">[count, C]</param>
    OnnxValue Voiced(OnnxValue rows, int layer, int count);
}
