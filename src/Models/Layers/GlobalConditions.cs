using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Tmrvc.Models.Layers;

/// <summary>Time, speaker and impulse response as one vector that modulates every residual block.</summary>
internal sealed class GlobalConditions : nn.Module
{
    private readonly Linear _speaker;
    private readonly Linear _ir;

    public GlobalConditions(TeacherDimensions dimensions, int hidden) : base(nameof(GlobalConditions))
    {
        _speaker = this.Child("speaker", nn.Linear(dimensions.Speaker, hidden));
        _ir = this.Child("ir", nn.Linear(dimensions.IrParameters, hidden));
    }

    /// <summary>timeEmbedding [B, hidden], speaker [B, 192], ir [B, 24] → [B, hidden]</summary>
    public Tensor forward(Tensor timeEmbedding, Tensor speakerEmbedding, Tensor irParameters) =>
        nn.functional.silu(timeEmbedding + _speaker.call(speakerEmbedding) + _ir.call(irParameters));
}
