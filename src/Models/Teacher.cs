using Tmrvc.Models.Layers;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Tmrvc.Models;

/// <summary>
/// A U-Net that predicts the velocity of a rectified flow (Liu et al., 2022) from a noisy normalised log-mel, its time and
/// its conditions. Padding never changes the velocity of a valid frame.
/// </summary>
public sealed class Teacher : nn.Module<Tensor, Tensor, TeacherConditions, Tensor>
{
    private readonly Conv1d _contentProjection;
    private readonly Conv1d _inputConvolution;
    private readonly Conv1d _outputConvolution;
    private readonly FrameConditions? _frameConditions;
    private readonly GlobalConditions? _globalConditions;
    private readonly Sequential _timeMlp;
    private readonly DownBlock[] _down;
    private readonly UpBlock[] _up;
    private readonly Bottleneck _bottleneck;

    /// <param name="seed">Decides the initial weights.</param>
    /// <exception cref="ArgumentException">The architecture has mistakes; all of them are listed.</exception>
    public Teacher(TeacherArchitecture architecture, ulong seed = 0) : base(nameof(Teacher))
    {
        Architecture = architecture.Validated();
        var (dimensions, hidden, channels) = (architecture.Dimensions, architecture.Hidden, architecture.Channels);
        var everyLevel = architecture.Conditions == ConditionPath.EveryLevel;
        _contentProjection = this.Child("content_proj", nn.Conv1d(dimensions.Content, hidden, 1));
        _timeMlp = this.Child("time_mlp", nn.Sequential(nn.Linear(hidden, hidden), nn.SiLU(), nn.Linear(hidden, hidden)));
        _frameConditions = everyLevel ? this.Child("frame_conditions", new FrameConditions(hidden, channels[0])) : null;
        _globalConditions = everyLevel ? this.Child("global_conditions", new GlobalConditions(dimensions, hidden)) : null;
        _bottleneck = new Bottleneck(this, architecture);
        _inputConvolution = this.Child("input_conv", nn.Conv1d(dimensions.Mels, channels[0], 3, padding: 1));
        _down = [.. Enumerable.Range(1, TeacherArchitecture.Levels).Select(Down)];
        _up = [.. Enumerable.Range(1, TeacherArchitecture.Levels).Reverse().Select(Up)];
        _outputConvolution = this.Child("output_conv", nn.Conv1d(channels[0], dimensions.Mels, 3, padding: 1));
        TeacherInitialisation.Apply(this, seed);
    }

    public TeacherArchitecture Architecture { get; }

    /// <summary>The velocity v = ε − x0, zeros on padding.</summary>
    /// <param name="noisy">x_t = (1 − t)·x0 + t·ε, [B, 80, T]</param>
    /// <param name="time">t in [0, 1], [B]</param>
    /// <param name="conditions">Of the same B and T.</param>
    /// <returns>[B, 80, T]</returns>
    public override Tensor forward(Tensor noisy, Tensor time, TeacherConditions conditions)
    {
        using var scope = NewDisposeScope();
        var mask = conditions.Mask is { } valid ? new FrameMask(valid, TeacherArchitecture.Levels) : null;
        var timeEmbedding = _timeMlp.call(TimeEmbedding.Sinusoidal(time * Architecture.TimeScale, Architecture.Hidden)); // [B, hidden]
        var levels = Conditions(conditions, timeEmbedding, mask);
        var x = _inputConvolution.call(ResBlock.Valid(noisy, mask, 0)); // [B, c0, T]
        x = ResBlock.Valid(_frameConditions is null ? x : x + _frameConditions.Input(levels.Content), mask, 0);
        var skips = new Stack<Tensor>();
        foreach (var block in _down)
        {
            skips.Push(x);
            x = block.forward(x, levels); // [B, C, T / 2]
        }
        x = _bottleneck.Forward(x, timeEmbedding, conditions, levels); // [B, c3, T / 16]
        foreach (var block in _up)
            x = block.forward(x, skips.Pop(), levels); // [B, C, 2T]
        x = _outputConvolution.call(x); // [B, 80, T]
        x = Architecture.LinearSkipDeviation > 0 ? x + LinearVelocity(noisy, time, Architecture.LinearSkipDeviation) : x;
        return ResBlock.Valid(x, mask, 0).MoveToOuterDisposeScope();
    }

    /// <summary>E[v·x_t] / E[x_t²]·x_t for ε of unit variance and independent x0 of deviation σ.</summary>
    internal static Tensor LinearVelocity(Tensor noisy, Tensor time, double deviation)
    {
        var variance = deviation * deviation;
        var slope = (time - (1 - time) * variance) / (time.square() + (1 - time).square() * variance); // [B]
        return noisy * slope.view(-1, 1, 1);
    }

    private LevelConditions Conditions(TeacherConditions conditions, Tensor timeEmbedding, FrameMask? mask)
    {
        var context = _contentProjection.call(conditions.Content); // [B, hidden, T]
        if (_frameConditions is not null) context += _frameConditions.Pitch(conditions.LogF0, conditions.Voiced);
        var global = _globalConditions?.forward(timeEmbedding, conditions.Speaker, conditions.Ir);
        return new LevelConditions(new ContentPyramid(context, mask, TeacherArchitecture.Levels), global, mask);
    }

    private DownBlock Down(int level)
    {
        var channelsIn = Architecture.Channels[Math.Max(level - 2, 0)];
        return this.Child($"down{level}", new DownBlock(Architecture, level, channelsIn, attends: level >= 3));
    }

    private UpBlock Up(int number)
    {
        var channelsIn = Architecture.Channels[number - 1];
        return this.Child($"up{number}", new UpBlock(Architecture, number - 1, channelsIn, attends: number >= 3));
    }
}
