using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Tmrvc.Models.Layers;

/// <summary>One step up: twice the frames, joined with what the way down left at this rate.</summary>
internal sealed class UpBlock : nn.Module
{
    private readonly int _level;
    private readonly ConvTranspose1d _upsample;
    private readonly Conv1d? _frames;
    private readonly ResBlock _res;
    private readonly CrossAttention? _attention;

    /// <param name="level">The level the block arrives at: T / 2^level frames.</param>
    public UpBlock(TeacherArchitecture architecture, int level, int channelsIn, bool attends) : base(nameof(UpBlock))
    {
        _level = level;
        var (channels, hidden) = (architecture.Channels[Math.Max(level - 1, 0)], architecture.Hidden);
        var everyLevel = architecture.Conditions == ConditionPath.EveryLevel;
        _upsample = this.Child("upsample", nn.ConvTranspose1d(channelsIn, channels, 4, stride: 2, padding: 1));
        _frames = everyLevel ? this.Child("frames", nn.Conv1d(hidden, channels, 1)) : null;
        _res = this.Child("res", new ResBlock(2 * channels, channels, everyLevel ? hidden : 0));
        _attention = attends ? this.Child("attn", new CrossAttention(channels, hidden, architecture.Dimensions.Heads)) : null;
    }

    /// <summary>x [B, Cin, ⌈T / 2⌉], skip [B, C, T] → [B, C, T], zeros on padding</summary>
    public Tensor forward(Tensor x, Tensor skip, LevelConditions conditions)
    {
        var h = _upsample.call(x).narrow(2, 0, skip.shape[2]); // [B, C, T]
        if (_frames is not null) h += _frames.call(conditions.Content.Frames(_level));
        h = ResBlock.Valid(cat([h, skip], 1), conditions.Mask, _level); // [B, 2C, T]
        h = _res.forward(h, conditions.Global, conditions.Mask, _level);
        return _attention is null ? h : _attention.forward(h, conditions.Content.Tokens(_level), conditions.Mask, _level);
    }
}
