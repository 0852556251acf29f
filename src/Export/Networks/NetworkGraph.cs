using TorchSharp;
using Tmrvc.Contract;
using Tmrvc.Models;
using static TorchSharp.torch;

namespace Tmrvc.Export;

/// <summary>A graph that is filled with a network's weights by their names. Frames are rows: [T, C].</summary>
internal sealed class NetworkGraph
{
    private const float LayerNormFloor = 1e-5f;

    private readonly ModelContract _contract;
    private readonly SortedDictionary<string, Tensor> _weights;
    private readonly Dictionary<string, OnnxValue> _inputs;

    public NetworkGraph(ModelContract contract, nn.Module network)
    {
        (_contract, Graph, _weights) = (contract, new OnnxGraph(contract.Name), ModuleWeights.Of(network));
        _inputs = contract.Inputs.ToDictionary(input => input.Name, Graph.Input);
    }

    public OnnxGraph Graph { get; }

    public OnnxValue Input(string name) => _inputs[name];

    public void Output(string name, OnnxValue value) => Graph.Output(_contract.Output(name), value);

    public long[] ShapeOf(string weight) => _weights[weight].shape;

    /// <summary>A weight as it is.</summary>
    public OnnxValue Weight(string name) => Graph.Constant(name, Values(_weights[name]), _weights[name].shape);

    /// <summary>A weight in another shape.</summary>
    public OnnxValue Weight(string name, params ReadOnlySpan<long> shape) => Graph.Constant(name, Values(_weights[name]), shape);

    /// <summary>A linear layer or a convolution of one frame. [T, in] → [T, out]</summary>
    public OnnxValue Linear(OnnxValue rows, string layer) => Linear(rows, layer, [layer]);

    /// <summary>Several of them as one, what they give side by side. [T, in] → [T, out₁ + out₂ + …]</summary>
    /// <param name="name">Of the one.</param>
    public OnnxValue Linear(OnnxValue rows, string name, IReadOnlyList<string> layers)
    {
        using var scope = NewDisposeScope();
        var weight = cat([.. layers.Select(layer => _weights[layer + ".weight"].detach())], 0);
        var matrix = weight.reshape(weight.shape[0], weight.shape[1]).transpose(0, 1).contiguous(); // [in, out]
        var product = Graph.MatMul(rows, Graph.Constant(name + ".weight", Values(matrix), matrix.shape));
        var bias = layers.SelectMany(layer => Values(layer + ".bias")).ToArray();
        return Graph.Add(product, Graph.Constant(name + ".bias", bias, bias.Length));
    }

    /// <summary>Over the last axis.</summary>
    public OnnxValue LayerNorm(OnnxValue rows, string layer) => Graph.Node(
        "LayerNormalization", [rows, Weight(layer + ".weight"), Weight(layer + ".bias")],
        OnnxAttributes.Of("axis", -1), OnnxAttributes.Of("epsilon", LayerNormFloor));

    /// <summary>What a block adds to the frames it is given, from what its convolution made of them. [T, C] each</summary>
    public OnnxValue Transformed(OnnxValue rows, OnnxValue convolved, string block)
    {
        var h = Graph.Silu(Linear(LayerNorm(convolved, block + ".norm"), block + ".pwconv1"));
        return Graph.Add(rows, Linear(h, block + ".pwconv2"));
    }

    /// <summary>A weight's numbers, row-major.</summary>
    public float[] Values(string weight) => Values(_weights[weight]);

    /// <summary>[1, C, T] → [1, C', T'] with so many zeros at each end.</summary>
    public OnnxValue Convolution(OnnxValue frames, string layer, long dilation, long groups, long padding) => Graph.Node(
        "Conv", [frames, Weight(layer + ".weight"), Weight(layer + ".bias")],
        OnnxAttributes.Of("dilations", [dilation]), OnnxAttributes.Of("group", groups), OnnxAttributes.Of("pads", [padding, padding]),
        OnnxAttributes.Of("kernel_shape", [_weights[layer + ".weight"].shape[2]]), OnnxAttributes.Of("strides", [1L]));

    /// <summary>Frames [1, C, T] as rows [T, C], and back.</summary>
    public OnnxValue Rows(OnnxValue frames, int channels, int count) => count == 1
        ? Graph.Reshape(frames, 1, channels)
        : Graph.Transpose(Graph.Reshape(frames, channels, count), 1, 0);

    /// <inheritdoc cref="Rows"/>
    public OnnxValue Frames(OnnxValue rows, int channels, int count) =>
        Graph.Reshape(count == 1 ? rows : Graph.Transpose(rows, 1, 0), 1, channels, count);

    private static float[] Values(Tensor weight)
    {
        using var values = weight.detach().cpu().contiguous();
        return values.data<float>().ToArray();
    }
}
