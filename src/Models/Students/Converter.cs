using Tmrvc.Models.Layers;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Tmrvc.Models;

/// <summary>
/// Content to the log-magnitude spectrum of another voice in a room, in one step: a frame at a time or a whole utterance, causal or with a
/// few frames of the future. The pitch in the content is drawn into the spectrum as a <see cref="HarmonicComb"/>.
/// </summary>
public sealed class Converter : nn.Module
{
    private const double FirstSpread = 0.1;

    private readonly HarmonicComb _comb;
    private readonly Sequential _input;
    private readonly TimbreMemory? _memory;
    private readonly ModuleList<ConverterBlock> _blocks;
    private readonly Conv1d _output;

    /// <param name="seed">Decides the initial weights.</param>
    /// <exception cref="ArgumentException">The architecture has mistakes; all of them are listed.</exception>
    public Converter(StudentArchitecture architecture, ulong seed = 0) : base(nameof(Converter))
    {
        Architecture = architecture.Validated();
        _comb = new HarmonicComb(architecture);
        _input = this.Child("input_proj", nn.Sequential(nn.Conv1d(architecture.Content, architecture.ConverterChannels, 1), nn.SiLU()));
        _memory = architecture.Timbre == TimbrePath.Memory ? this.Child("memory", new TimbreMemory(architecture)) : null;
        _blocks = this.Child("blocks", new ModuleList<ConverterBlock>(
            [.. architecture.ConverterDilations.Select(dilation => new ConverterBlock(architecture, dilation))]));
        _output = this.Child("output_proj", nn.Conv1d(architecture.ConverterChannels, architecture.Features, 1));
        StudentInitialisation.Apply(this, seed);
    }

    public StudentArchitecture Architecture { get; }

    /// <summary>Constants that are exported beside the weights.</summary>
    public HarmonicComb Comb => _comb;

    /// <summary>Begins a training at a spectrum that hardly depends on what comes in, instead of far from all speech.</summary>
    /// <param name="logMagnitude">[513]</param>
    public void StartAt(Tensor logMagnitude)
    {
        using var withoutGradient = no_grad();
        _output.weight!.mul_(FirstSpread);
        _output.bias!.copy_(logMagnitude);
    }

    public int StateFrames(Lookahead lookahead) => StudentArchitecture.StateFrames(Architecture.ConverterDilations, lookahead.Frames);

    /// <param name="content">[B, 256, T + lookahead]; the last frames are those that lie ahead of the T that are given.</param>
    /// <param name="state">[B, 384, 52], or 46 with a lookahead of 6; null at the beginning.</param>
    /// <returns>[B, 513, T], natural log of magnitude</returns>
    /// <exception cref="ArgumentException">The state has another shape, or the content is no longer than the lookahead.</exception>
    public Streamed forward(Tensor content, ConverterConditions conditions, Tensor? state = null, Lookahead lookahead = default)
    {
        var hops = content.shape[2] - lookahead.Frames;
        if (hops < 1) throw new ArgumentException($"Content of {content.shape[2]} frames: more than the lookahead of {lookahead.Frames} are allowed.");
        using var scope = NewDisposeScope();
        var stream = new StreamState(state, content, Architecture.ConverterChannels, StateFrames(lookahead));
        var ahead = lookahead.PerBlock(Architecture.ConverterDilations);
        var memory = _memory?.forward(conditions.Speaker);
        var x = _input.call(content);
        for (var n = 0; n < _blocks.Count; n++)
        {
            var (frames, past) = _blocks[n].Frames.forward(x, stream.Take(_blocks[n].Frames.StateFrames(ahead[n])), ahead[n], hops);
            stream.Keep(past);
            x = _blocks[n].Voiced(frames, conditions, memory, n);
        }
        var pitch = content.narrow(1, Architecture.Content - 1, 1).narrow(2, 0, hops);
        return new Streamed((_output.call(x) + _comb.Of(pitch)).MoveToOuterDisposeScope(), stream.After().MoveToOuterDisposeScope());
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing) _comb.Dispose();
        base.Dispose(disposing);
    }
}

/// <summary>Whose voice to speak with, and in which room.</summary>
/// <param name="Speaker">[B, 192], unit length.</param>
/// <param name="Room">[B, 24] as networks see it, each value within [0, 1] or [−1, 1]; zeros are no room.</param>
/// <param name="LoraDelta">[B, 24576], or null for none.</param>
public sealed record ConverterConditions(Tensor Speaker, Tensor Room, Tensor? LoraDelta = null);
