using TorchSharp;
using static TorchSharp.torch;

namespace Tmrvc.Models.Layers;

/// <summary>
/// Frame-wise context at the rate of each level: linear interpolation at the centre of each level's frame, which for a rate of
/// 1 / 2^level is the mean of the two middle frames. Past the end the last frame is held.
/// </summary>
internal sealed class ContentPyramid
{
    private readonly Tensor[] _levels;
    private readonly Tensor?[] _tokens;

    /// <param name="context">[B, hidden, T]</param>
    public ContentPyramid(Tensor context, FrameMask? mask, int depth)
    {
        var held = mask is null ? context : mask.HoldLast(context);
        var span = 1L << depth;
        var missing = (span - held.shape[2] % span) % span;
        var padded = missing == 0 ? held : nn.functional.pad(held, [0, missing], PaddingModes.Replicate); // [B, hidden, n·2^depth]
        _levels = [.. Enumerable.Range(0, depth + 1).Select(level => level == 0 ? held : Middle(padded, level, context.shape[2]))];
        _tokens = new Tensor?[depth + 1];
    }

    /// <summary>[B, hidden, ⌈T / 2^level⌉]</summary>
    public Tensor Frames(int level) => _levels[level];

    /// <summary>[B, ⌈T / 2^level⌉, hidden]</summary>
    public Tensor Tokens(int level) => _tokens[level] ??= _levels[level].transpose(1, 2).contiguous();

    private static Tensor Middle(Tensor padded, int level, long frames)
    {
        var span = 1L << level;
        var needed = (frames + span - 1) / span * span;
        var before = padded.slice(2, span / 2 - 1, needed, span); // [B, hidden, ⌈T / span⌉]
        var after = padded.slice(2, span / 2, needed, span);
        return (before + after) * 0.5f;
    }
}
