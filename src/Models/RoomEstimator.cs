using Tmrvc.Models.Layers;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Tmrvc.Models;

/// <summary>Hears which room speech is in. Padding never changes what it hears.</summary>
public sealed class RoomEstimator : nn.Module<Tensor, Tensor?, Tensor>
{
    private readonly FrameLayer[] _layers;
    private readonly Linear _hidden;
    private readonly Linear _output;

    /// <param name="seed">Decides the initial weights.</param>
    /// <exception cref="ArgumentException">The architecture has mistakes; all of them are listed.</exception>
    public RoomEstimator(RoomEstimatorArchitecture architecture, ulong seed = 0) : base(nameof(RoomEstimator))
    {
        var mistakes = architecture.Mistakes().Select(mistake => $"{mistake.Property}: {mistake.Message}").ToList();
        if (mistakes.Count > 0) throw new ArgumentException($"Room estimator: {string.Join(" ", mistakes)}");
        Architecture = architecture;
        _layers = [.. architecture.Dilations.Select((dilation, n) => this.Child(
            $"layer{n + 1}", new FrameLayer(n == 0 ? architecture.Mels : architecture.Channels, architecture.Channels, kernel: 5, dilation)))];
        _hidden = this.Child("hidden", nn.Linear(2 * architecture.Channels, architecture.Channels));
        _output = this.Child("output", nn.Linear(architecture.Channels, 3 * architecture.Bands));
        using var withoutGradient = no_grad();
        using var generator = new Generator(seed);
        UniformInitialisation.Apply(this, generator);
    }

    public RoomEstimatorArchitecture Architecture { get; }

    /// <param name="mel">Normalised log-mel, [B, 80, T]</param>
    /// <param name="mask">[B, 1, T], 1 on valid frames, or null when all are.</param>
    /// <returns>[B, 24]: of each band how long it decays and how far the direct sound stands out, in [0, 1], and its tilt, in [−1, 1]; zeros for a dry room.</returns>
    public override Tensor forward(Tensor mel, Tensor? mask)
    {
        using var scope = NewDisposeScope();
        var x = mel;
        foreach (var layer in _layers) x = layer.forward(x, mask); // [B, C, T]
        var raw = _output.call(nn.functional.silu(_hidden.call(Pooled(x, mask)))).chunk(3, 1);
        return cat([raw[0].sigmoid(), raw[1].sigmoid(), raw[2].tanh()], 1).MoveToOuterDisposeScope();
    }

    /// <summary>Mean and deviation over the valid frames. [B, C, T] → [B, 2·C]</summary>
    private static Tensor Pooled(Tensor x, Tensor? mask)
    {
        var valid = mask ?? ones_like(x.narrow(1, 0, 1));
        var count = valid.sum(2).clamp_min(1); // [B, 1]
        var mean = (x * valid).sum(2) / count;
        var variance = ((x - mean.unsqueeze(2)).square() * valid).sum(2) / count;
        return cat([mean, (variance + 1e-6).sqrt()], 1);
    }
}
