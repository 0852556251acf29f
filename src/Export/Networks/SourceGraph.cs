using Tmrvc.Contract;
using Tmrvc.Models;

namespace Tmrvc.Export;

/// <summary>A <see cref="VoiceSource"/> in a graph. Its matrix stays float32 in int8 files (an operator that is not quantised): pitch is read by it.</summary>
internal sealed class SourceGraph
{
    private readonly NetworkGraph _network;
    private readonly StudentArchitecture _shape;
    private readonly VoiceSource _source;
    private readonly OnnxValue _period;
    private readonly OnnxValue _breath;
    private readonly OnnxValue _hertz;
    private readonly OnnxValue _voiced;

    public SourceGraph(NetworkGraph network, StudentArchitecture shape, VoiceSource source)
    {
        (_network, _shape, _source) = (network, shape, source);
        var (graph, reading) = (network.Graph, source.Reading);
        var low = graph.Slice(network.Rows(network.Input("features"), shape.Features, 1), 1, 0, reading.Bins);
        var responses = graph.Constant("pitch_responses", reading.Responses, reading.Hertz.Length, reading.Bins);
        var depths = graph.Node("Gemm", [low, responses], OnnxAttributes.Of("transB", 1)); // [1, pitches]
        var place = graph.Node("ArgMax", [graph.Add(depths, Row("pitch_bias", reading.Bias))], OnnxAttributes.Of("axis", 1)); // [1, 1]
        _hertz = graph.Node("Gather", [graph.Constant("pitch_hertz", reading.Hertz, reading.Hertz.Length), place]);
        var advance = graph.Node("Gather", [graph.Constant("pitch_advance", reading.Advance, reading.Advance.Length), place]);
        var depth = graph.Node("GatherElements", [depths, place], OnnxAttributes.Of("axis", 1));
        var above = graph.Multiply(graph.Subtract(depth, graph.Constant(VoiceSource.VoicedDepth)), graph.Constant(VoiceSource.Steepness));
        _voiced = graph.Sigmoid(above);
        var counted = Counted();
        _period = Fraction(graph.Add(counted[0], advance));
        _breath = Fraction(graph.Add(counted[1], graph.Constant(1f / VoiceSource.BreathFrames)));
    }

    /// <summary>What goes into the chain, with the source's turns in its first values. [1, C] → [1, C]</summary>
    public OnnxValue Leading(OnnxValue row) => _network.Graph.Concat(
        1, _period, _breath, _network.Graph.Slice(row, 1, StudentVocoder.Counted, _shape.VocoderChannels - StudentVocoder.Counted));

    /// <summary>The pulses, turned and weakened by what the heads give, and the breath. [1, 513] each</summary>
    public (OnnxValue Cosine, OnnxValue Sine) Turned(OnnxValue cosineHead, OnnxValue sineHead)
    {
        var graph = _network.Graph;
        var share = Share();
        var pulses = Vector(Pulses(), share);
        var breath = Vector(Breath(), graph.Subtract(graph.Constant(1f), share));
        var along = graph.Add(cosineHead, graph.Constant(1f));
        var cosine = graph.Subtract(graph.Multiply(pulses.Cosine, along), graph.Multiply(pulses.Sine, sineHead));
        var sine = graph.Add(graph.Multiply(pulses.Sine, along), graph.Multiply(pulses.Cosine, sineHead));
        return (graph.Add(cosine, breath.Cosine), graph.Add(sine, breath.Sine));
    }

    /// <summary>Turns in the frame before, [1, 1] each.</summary>
    private OnnxValue[] Counted()
    {
        var graph = _network.Graph;
        var latest = (StudentArchitecture.Kernel - 1) * _shape.VocoderDilations[0] - 1;
        var frame = graph.Slice(_network.Input(ModelContract.StateIn), 2, latest, 1);
        return graph.Split(graph.Reshape(graph.Slice(frame, 1, 0, StudentVocoder.Counted), 1, StudentVocoder.Counted), 1, 1, 1);
    }

    private OnnxValue Share()
    {
        var graph = _network.Graph;
        var most = graph.Multiply(graph.Multiply(_voiced, Row("pulse_share", _source.Share)), graph.Constant(VoiceSource.MostVoiced - VoiceSource.LeastVoiced));
        return graph.Add(most, graph.Constant(VoiceSource.LeastVoiced));
    }

    /// <summary>In turns, [1, 513]</summary>
    private OnnxValue Pulses()
    {
        var graph = _network.Graph;
        var harmonic = graph.Node("Round", [graph.Divide(Row("bin_hertz", _source.Hertz), _hertz)]);
        return graph.Subtract(graph.Multiply(harmonic, _period), Row("bin_delay", _source.Delay));
    }

    /// <inheritdoc cref="Pulses"/>
    private OnnxValue Breath()
    {
        var graph = _network.Graph;
        var frame = graph.Node("Round", [graph.Multiply(_breath, graph.Constant((float)VoiceSource.BreathFrames))]);
        var place = graph.Reshape(graph.Node("Cast", [frame], OnnxAttributes.Of("to", (long)Onnx.TensorProto.Types.DataType.Int64)), 1);
        return graph.Node("Gather", [graph.Constant("breath", _source.Breath, VoiceSource.BreathFrames, _shape.Features), place]);
    }

    private (OnnxValue Cosine, OnnxValue Sine) Vector(OnnxValue turns, OnnxValue length)
    {
        var graph = _network.Graph;
        var angle = graph.Multiply(Fraction(turns), graph.Constant(2 * MathF.PI));
        return (graph.Multiply(length, graph.Node("Cos", [angle])), graph.Multiply(length, graph.Node("Sin", [angle])));
    }

    private OnnxValue Fraction(OnnxValue turns) => _network.Graph.Subtract(turns, _network.Graph.Node("Floor", [turns]));

    private OnnxValue Row(string name, float[] values) => _network.Graph.Constant(name, values, 1, values.Length);
}
