using Tmrvc.Models.Layers;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Tmrvc.Models;

/// <summary>
/// Tells recorded from generated speech by samples that are a period apart (HiFi-GAN, Kong et al., 2020): the waveform is folded into rows
/// of the period's length, and convolutions run down the columns alone. Narrower than the published one, and without weight normalisation.
/// </summary>
public sealed class PeriodDiscriminator : nn.Module
{
    private const double Slope = 0.1;
    private static readonly int[] Widths = [1, 2, 4, 8];

    private readonly int _period;
    private readonly Conv2d[] _layers;
    private readonly Conv2d _output;

    /// <param name="period">Samples.</param>
    /// <param name="channels">Of the first layer; the last has eight times as many.</param>
    /// <param name="seed">Decides the initial weights.</param>
    public PeriodDiscriminator(int period, int channels, ulong seed = 0) : base(nameof(PeriodDiscriminator))
    {
        _period = period;
        _layers = [.. Widths.Select((width, n) => this.Child(
            $"layer{n}", nn.Conv2d(n == 0 ? 1 : channels * Widths[n - 1], channels * width, (5, 1), (3, 1), (2, 0))))];
        _output = this.Child("output", nn.Conv2d(channels * Widths[^1], 1, (3, 1), padding: (1, 0)));
        using var withoutGradient = no_grad();
        using var generator = new Generator(seed);
        UniformInitialisation.Apply(this, generator);
    }

    /// <param name="waveform">[B, N], ±1.</param>
    /// <returns>Scores [B, 1, ⌈N / period / 81⌉, period].</returns>
    public PatchJudgement Judge(Tensor waveform)
    {
        var x = Folded(waveform);
        var features = new List<Tensor>();
        foreach (var layer in _layers) features.Add(x = nn.functional.leaky_relu(layer.call(x), Slope));
        return new PatchJudgement(_output.call(x), features);
    }

    /// <summary>[B, N] → [B, 1, ⌈N / period⌉, period], silence at the end.</summary>
    private Tensor Folded(Tensor waveform)
    {
        var missing = (_period - waveform.shape[1] % _period) % _period;
        return nn.functional.pad(waveform, [0, missing]).view(waveform.shape[0], 1, -1, _period);
    }
}
