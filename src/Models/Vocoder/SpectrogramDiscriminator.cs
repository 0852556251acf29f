using Tmrvc.Models.Layers;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Tmrvc.Models;

/// <summary>
/// Tells recorded from generated speech in a spectrogram of one resolution (UnivNet, Jang et al., 2021), here of log-magnitudes. Each
/// place of its answer judges a patch of time and frequency.
/// </summary>
public sealed class SpectrogramDiscriminator : nn.Module
{
    private const double Slope = 0.1;

    private readonly Conv2d[] _layers;
    private readonly Conv2d _output;

    /// <param name="seed">Decides the initial weights.</param>
    public SpectrogramDiscriminator(int channels, ulong seed = 0) : base(nameof(SpectrogramDiscriminator))
    {
        _layers =
        [
            this.Child("layer0", nn.Conv2d(1, channels, (9, 3), padding: (4, 1))),
            .. Enumerable.Range(1, 3).Select(n => this.Child($"layer{n}", nn.Conv2d(channels, channels, (9, 3), (2, 1), (4, 1)))),
            this.Child("layer4", nn.Conv2d(channels, channels, (3, 3), padding: (1, 1))),
        ];
        _output = this.Child("output", nn.Conv2d(channels, 1, (3, 3), padding: (1, 1)));
        using var withoutGradient = no_grad();
        using var generator = new Generator(seed);
        UniformInitialisation.Apply(this, generator);
    }

    /// <param name="magnitudes">[B, bins, frames], above zero.</param>
    public PatchJudgement Judge(Tensor magnitudes)
    {
        var x = magnitudes.log().unsqueeze(1); // [B, 1, bins, frames]
        var features = new List<Tensor>();
        foreach (var layer in _layers) features.Add(x = nn.functional.leaky_relu(layer.call(x), Slope));
        return new PatchJudgement(_output.call(x), features);
    }
}

/// <param name="Scores">[B, 1, bins / 8, frames]: above 0 is recorded, below generated.</param>
/// <param name="Features">Of each layer, for feature matching.</param>
public sealed record PatchJudgement(Tensor Scores, IReadOnlyList<Tensor> Features);
