using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Tmrvc.Models.Layers;

/// <summary>Feature-wise linear modulation (Perez et al., 2018): γ·x + β with γ and β linear in a condition.</summary>
internal sealed class Film : nn.Module<Tensor, Tensor, Tensor>
{
    public Film(int conditionDimension, int channels) : base(nameof(Film)) =>
        Projection = this.Child("proj", nn.Linear(conditionDimension, 2 * channels));

    /// <summary>[B, condition] → γ then β, [B, 2·C]</summary>
    public Linear Projection { get; }

    /// <summary>x [B, C, T], condition [B, condition] → [B, C, T]</summary>
    public override Tensor forward(Tensor x, Tensor condition)
    {
        var modulation = Projection.call(condition).unsqueeze(2).chunk(2, 1); // two of [B, C, 1]
        return modulation[0] * x + modulation[1];
    }
}
