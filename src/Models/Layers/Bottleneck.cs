using TorchSharp;
using static TorchSharp.torch;

namespace Tmrvc.Models.Layers;

/// <summary>
/// The lowest level: residual block, attention, FiLM by each condition, residual block. Its parts belong to the teacher itself,
/// because their weights travel by names without a prefix.
/// </summary>
internal sealed class Bottleneck
{
    private const int Level = TeacherArchitecture.Levels;
    private readonly ResBlock _resIn;
    private readonly CrossAttention _attention;
    private readonly Film _time;
    private readonly Film? _f0;
    private readonly Film _speaker;
    private readonly Film _ir;
    private readonly ResBlock _resOut;

    public Bottleneck(nn.Module teacher, TeacherArchitecture architecture)
    {
        var (dimensions, hidden, channels) = (architecture.Dimensions, architecture.Hidden, architecture.Channels[^1]);
        var everyLevel = architecture.Conditions == ConditionPath.EveryLevel;
        _time = teacher.Child("film_time", new Film(hidden, hidden));
        _f0 = everyLevel ? null : teacher.Child("film_f0", new Film(1, hidden));
        _speaker = teacher.Child("film_spk", new Film(dimensions.Speaker, hidden));
        _ir = teacher.Child("film_ir", new Film(dimensions.IrParameters, hidden));
        _resIn = teacher.Child("bottleneck_res", new ResBlock(channels, hidden, everyLevel ? hidden : 0));
        _attention = teacher.Child("bottleneck_attn", new CrossAttention(hidden, hidden, dimensions.Heads));
        _resOut = teacher.Child("bottleneck_out", new ResBlock(hidden, channels, everyLevel ? hidden : 0));
    }

    /// <summary>x [B, C, T / 16], timeEmbedding [B, hidden] → [B, C, T / 16], zeros on padding</summary>
    public Tensor Forward(Tensor x, Tensor timeEmbedding, TeacherConditions conditions, LevelConditions levels)
    {
        var h = _resIn.forward(x, levels.Global, levels.Mask, Level); // [B, hidden, T / 16]
        h = _attention.forward(h, levels.Content.Tokens(Level), levels.Mask, Level);
        h = _time.call(h, timeEmbedding);
        h = _f0 is null ? h : _f0.call(h, MeanLogF0(conditions.LogF0, levels.Mask));
        h = _ir.call(_speaker.call(h, conditions.Speaker), conditions.Ir);
        return _resOut.forward(ResBlock.Valid(h, levels.Mask, Level), levels.Global, levels.Mask, Level);
    }

    /// <summary>Over all frames of the utterance, unvoiced ones as zeros. [B, 1, T] → [B, 1]</summary>
    private static Tensor MeanLogF0(Tensor logF0, FrameMask? mask) =>
        mask is null ? logF0.mean([2]) : (logF0 * mask.At(0)).sum(2) / mask.Count(0).squeeze(2);
}
