using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Tmrvc.Models.Layers;

/// <summary>
/// Attentive statistics pooling (Okabe et al., 2018), each channel with its own attention and the utterance's mean and
/// deviation as context, as in ECAPA-TDNN.
/// </summary>
internal sealed class AttentiveStatistics : nn.Module
{
    private readonly Conv1d _inner;
    private readonly Conv1d _outer;

    public AttentiveStatistics(int channels, int width) : base(nameof(AttentiveStatistics))
    {
        _inner = this.Child("inner", nn.Conv1d(3 * channels, width, 1));
        _outer = this.Child("outer", nn.Conv1d(width, channels, 1));
    }

    /// <summary>[B, C, T] → mean then deviation, [B, 2·C]</summary>
    public Tensor forward(Tensor x, Tensor? mask)
    {
        var even = (mask ?? ones_like(x.narrow(1, 0, 1))).expand(x.shape); // [B, C, T]
        var (mean, deviation) = UtteranceStatistics.Weighted(x, even / even.sum(2, keepdim: true));
        var context = cat([x, mean.expand(x.shape), deviation.expand(x.shape)], 1); // [B, 3C, T]
        var scores = _outer.call(_inner.call(context).tanh()); // [B, C, T]
        var attention = scores.masked_fill(even.lt(0.5), double.NegativeInfinity).softmax(2);
        var (pooledMean, pooledDeviation) = UtteranceStatistics.Weighted(x, attention);
        return cat([pooledMean, pooledDeviation], 1).squeeze(2);
    }
}
