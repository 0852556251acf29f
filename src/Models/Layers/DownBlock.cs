using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Tmrvc.Models.Layers;

/// <summary>One step down: half the frames, more channels.</summary>
internal sealed class DownBlock : nn.Module
{
    private readonly int _level;
    private readonly Conv1d _downsample;
    private readonly Conv1d? _frames;
    private readonly ResBlock _res;
    private readonly CrossAttention? _attention;

    /// <param name="level">The level the block arrives at: T / 2^level frames.</param>
    public DownBlock(TeacherArchitecture architecture, int level, int channelsIn, bool attends) : base(nameof(DownBlock))
    {
        _level = level;
        var (channels, hidden) = (architecture.Channels[level - 1], architecture.Hidden);
        var everyLevel = architecture.Conditions == ConditionPath.EveryLevel;
        _downsample = this.Child("downsample", nn.Conv1d(channelsIn, channels, 4, stride: 2, padding: 1));
        _frames = everyLevel ? this.Child("frames", nn.Conv1d(hidden, channels, 1)) : null;
        _res = this.Child("res", new ResBlock(channels, channels, everyLevel ? hidden : 0));
        _attention = attends ? this.Child("attn", new CrossAttention(channels, hidden, architecture.Dimensions.Heads)) : null;
    }

    /// <summary>x [B, Cin, 2T or 2T − 1] → [B, C, T], zeros on padding</summary>
    public Tensor forward(Tensor x, LevelConditions conditions)
    {
        var even = x.shape[2] % 2 == 0 ? x : nn.functional.pad(x, [0, 1]);
        var h = _downsample.call(even); // [B, C, T]
        if (_frames is not null) h += _frames.call(conditions.Content.Frames(_level));
        h = _res.forward(ResBlock.Valid(h, conditions.Mask, _level), conditions.Global, conditions.Mask, _level);
        return _attention is null ? h : _attention.forward(h, conditions.Content.Tokens(_level), conditions.Mask, _level);
    }
}
