using Tmrvc.Models.Layers;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Tmrvc.Models;

/// <summary>Hears which room speech is in, once for every ten frames, causal.</summary>
public sealed class IrEstimator : nn.Module
{
    private readonly Sequential _input;
    private readonly ModuleList<CausalBlock> _blocks;
    private readonly Sequential _mlp;

    /// <param name="seed">Decides the initial weights.</param>
    /// <exception cref="ArgumentException">The architecture has mistakes; all of them are listed.</exception>
    public IrEstimator(StudentArchitecture architecture, ulong seed = 0) : base(nameof(IrEstimator))
    {
        Architecture = architecture.Validated();
        var channels = architecture.RoomChannels;
        _input = this.Child("input_proj", nn.Sequential(nn.Conv1d(architecture.Mels, channels, 1), nn.SiLU()));
        _blocks = this.Child("blocks", new ModuleList<CausalBlock>(
            [.. architecture.RoomDilations.Select(dilation => new CausalBlock(channels, architecture.Expansion, dilation))]));
        _mlp = this.Child("mlp", nn.Sequential(
            nn.Linear(channels, architecture.RoomHidden), nn.SiLU(), nn.Linear(architecture.RoomHidden, architecture.IrParameters)));
        StudentInitialisation.Apply(this, seed);
    }

    public StudentArchitecture Architecture { get; }

    public int StateFrames => StudentArchitecture.StateFrames(Architecture.RoomDilations);

    /// <param name="mel">Normalised log-mel, [B, 80, 10·N]</param>
    /// <param name="state">[B, 128, 6], or null at the beginning.</param>
    /// <returns>
    /// [B, 24, N], the room as networks see it: of each band how long it decays and how far the direct sound is covered, in [0, 1], and its
    /// tilt, in [−1, 1]; zeros are no room.
    /// </returns>
    /// <exception cref="ArgumentException">The frames are no multiple of ten.</exception>
    public Streamed forward(Tensor mel, Tensor? state = null)
    {
        var (frames, each) = (mel.shape[2], Architecture.RoomFrames);
        if (frames == 0 || frames % each != 0) throw new ArgumentException($"Mel of {frames} frames: multiples of {each} are allowed.", nameof(mel));
        using var scope = NewDisposeScope();
        var memory = new StreamState(state, mel, Architecture.RoomChannels, StateFrames);
        var x = _input.call(mel);
        foreach (var block in _blocks) x = ContentEncoder.Through(block, x, memory);
        var means = x.reshape(x.shape[0], x.shape[1], frames / each, each).mean([3]).transpose(1, 2); // [B, N, C]
        return new Streamed(Room(_mlp.call(means)).transpose(1, 2).MoveToOuterDisposeScope(), memory.After().MoveToOuterDisposeScope());
    }

    /// <summary>[B, N, 24] → [B, N, 24]; the direct sound stands out by 40·σ − 10 dB and covers what is left to 30.</summary>
    private static Tensor Room(Tensor raw)
    {
        var kinds = raw.chunk(3, 2);
        return cat([kinds[0].sigmoid(), (-kinds[1]).sigmoid(), kinds[2].tanh()], 2);
    }
}
