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

    /// <summary>condition [B, condition]</summary>
    public Modulation Modulation(Tensor condition)
    {
        var parts = Projection.call(condition).unsqueeze(2).chunk(2, 1);
        return new Modulation(parts[0], parts[1]);
    }

    /// <summary>x [B, C, T], condition [B, condition] → [B, C, T]</summary>
    public override Tensor forward(Tensor x, Tensor condition)
    {
        var modulation = Modulation(condition);
        return x * modulation.Scale + modulation.Shift;
    }
}

/// <summary>γ and β, [B, C, 1] each.</summary>
internal sealed record Modulation(Tensor Scale, Tensor Shift);
