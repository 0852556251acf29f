using TorchSharp;
using static TorchSharp.torch;

namespace Tmrvc.Models.Layers;

/// <summary>
/// Which frames are valid at each level of a U-Net. A level has ⌈T / 2⌉ frames of the one above, so an utterance of any length
/// comes back at its own length and frames of padding never decide how many frames are valid below.
/// </summary>
internal sealed class FrameMask
{
    private readonly Tensor[] _levels;
    private readonly Tensor[] _counts;

    /// <param name="mask">[B, 1, T], ones followed by zeros.</param>
    public FrameMask(Tensor mask, int depth)
    {
        _levels = new Tensor[depth + 1];
        _levels[0] = mask;
        for (var level = 1; level <= depth; level++)
            _levels[level] = _levels[level - 1].slice(2, 0, _levels[level - 1].shape[2], 2).contiguous(); // [B, 1, ⌈T / 2^level⌉]
        _counts = [.. _levels.Select(valid => valid.sum(2, keepdim: true))];
    }

    /// <summary>[B, 1, T / 2^level]</summary>
    public Tensor At(int level) => _levels[level];

    /// <summary>[B, 1, 1], the number of valid frames.</summary>
    public Tensor Count(int level) => _counts[level];

    /// <summary>[B, 1, 1, T / 2^level], true for keys that may be attended to.</summary>
    public Tensor Keys(int level) => _levels[level].unsqueeze(1).gt(0.5);

    /// <summary>Each frame of padding replaced by the utterance's last frame. [B, C, T] → [B, C, T]</summary>
    public Tensor HoldLast(Tensor frames)
    {
        var last = _counts[0] - 1; // [B, 1, 1]
        var positions = arange(frames.shape[2], dtype: last.dtype, device: frames.device);
        var held = minimum(positions, last).to_type(ScalarType.Int64); // [B, 1, T]
        return frames.gather(2, held.expand(frames.shape));
    }
}
