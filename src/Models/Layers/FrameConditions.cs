using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Tmrvc.Models.Layers;

/// <summary>Pitch joined to the content, and both to the network's input, frame by frame.</summary>
internal sealed class FrameConditions : nn.Module
{
    private readonly Conv1d _pitch;
    private readonly Conv1d _input;

    public FrameConditions(int hidden, int channels) : base(nameof(FrameConditions))
    {
        _pitch = this.Child("pitch", nn.Conv1d(PitchFeatures.Dimension, hidden, 1));
        _input = this.Child("input", nn.Conv1d(hidden, channels, 1));
    }

    /// <summary>logF0 [B, 1, T], voiced [B, 1, T] → [B, hidden, T]</summary>
    public Tensor Pitch(Tensor logF0, Tensor voiced) => _pitch.call(PitchFeatures.Of(logF0, voiced));

    /// <returns>[B, c0, T]</returns>
    public Tensor Input(ContentPyramid context) => _input.call(context.Frames(0));
}
