using Tmrvc.Models.Layers;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Tmrvc.Models;

/// <summary>
/// What is said, and at which pitch, from mel and F0: causal, over a whole utterance or a frame at a time. The last value of each frame is
/// log(F0 + 1) as it came, for what draws harmonics needs it to a hundredth.
/// </summary>
public sealed class ContentEncoder : nn.Module
{
    private readonly Sequential _input;
    private readonly ModuleList<CausalBlock> _blocks;
    private readonly Conv1d _output;

    /// <param name="seed">Decides the initial weights.</param>
    /// <exception cref="ArgumentException">The architecture has mistakes; all of them are listed.</exception>
    public ContentEncoder(StudentArchitecture architecture, ulong seed = 0) : base(nameof(ContentEncoder))
    {
        Architecture = architecture.Validated();
        var channels = architecture.ContentChannels;
        _input = this.Child("input_proj", nn.Sequential(nn.Conv1d(architecture.Mels + 1, channels, 1), nn.SiLU()));
        _blocks = this.Child("blocks", new ModuleList<CausalBlock>(
            [.. architecture.ContentDilations.Select(dilation => new CausalBlock(channels, architecture.Expansion, dilation))]));
        _output = this.Child("output_proj", nn.Conv1d(channels, architecture.Content, 1));
        StudentInitialisation.Apply(this, seed);
    }

    public StudentArchitecture Architecture { get; }

    public int StateFrames => StudentArchitecture.StateFrames(Architecture.ContentDilations);

    /// <param name="mel">Normalised log-mel, [B, 80, T]</param>
    /// <param name="logF0">log(F0 in Hz + 1), 0 where unvoiced, [B, 1, T]</param>
    /// <param name="state">[B, 256, 28], or null at the beginning.</param>
    /// <returns>[B, 256, T]</returns>
    public Streamed forward(Tensor mel, Tensor logF0, Tensor? state = null)
    {
        using var scope = NewDisposeScope();
        var memory = new StreamState(state, mel, Architecture.ContentChannels, StateFrames);
        var x = _input.call(cat([mel, logF0], 1));
        foreach (var block in _blocks) x = Through(block, x, memory);
        var content = cat([_output.call(x).narrow(1, 0, Architecture.Content - 1), logF0], 1);
        return new Streamed(content.MoveToOuterDisposeScope(), memory.After().MoveToOuterDisposeScope());
    }

    /// <summary>One block of a chain without lookahead. [B, C, T] → [B, C, T]</summary>
    internal static Tensor Through(CausalBlock block, Tensor x, StreamState memory)
    {
        var (frames, past) = block.forward(x, memory.Take(block.StateFrames(0)), ahead: 0, x.shape[2]);
        memory.Keep(past);
        return frames;
    }
}
