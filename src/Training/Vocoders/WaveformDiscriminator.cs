using Tmrvc.Models;
using Tmrvc.Models.Layers;
using static TorchSharp.torch;

namespace Tmrvc.Training;

/// <summary>One discriminator for each of several resolutions (UnivNet, Jang et al., 2021), with the hinge losses of both sides.</summary>
internal sealed class WaveformDiscriminator : nn.Module
{
    private static readonly IReadOnlyList<StftResolution> Resolutions = [new(512, 128, 512), new(1024, 240, 960), new(2048, 480, 1920)];

    private readonly (MagnitudeSpectrum Spectrum, SpectrogramDiscriminator Judge)[] _scales;

    public WaveformDiscriminator(int channels, int seed) : base(nameof(WaveformDiscriminator))
    {
        _scales = [.. Resolutions.Select((resolution, n) => (new MagnitudeSpectrum(resolution), new SpectrogramDiscriminator(channels, (ulong)(seed + n + 1))))];
        for (var n = 0; n < _scales.Length; n++) register_module($"scale{n}", _scales[n].Judge);
    }

    /// <summary>What the discriminators learn from: recorded above 1, generated below −1. Scalar.</summary>
    public Tensor OwnLoss(Tensor recorded, Tensor generated) => Mean(scale =>
        (1 - scale.Judge.Judge(scale.Spectrum.Of(recorded)).Scores).relu().mean() +
        (1 + scale.Judge.Judge(scale.Spectrum.Of(generated)).Scores).relu().mean());

    /// <summary>What the generator learns from: being taken for recorded, and looking so in every layer. Scalars.</summary>
    public (Tensor Adversarial, Tensor Features) GeneratorLosses(Tensor recorded, Tensor generated)
    {
        var judged = _scales.Select(scale =>
            (Made: scale.Judge.Judge(scale.Spectrum.Of(generated)), Real: scale.Judge.Judge(scale.Spectrum.Of(recorded)))).ToList();
        return (Mean(judged.Select(pair => -pair.Made.Scores.mean())), Mean(judged.SelectMany(pair =>
            pair.Made.Features.Zip(pair.Real.Features, (made, real) => (made - real.detach()).abs().mean()))));
    }

    private Tensor Mean(Func<(MagnitudeSpectrum Spectrum, SpectrogramDiscriminator Judge), Tensor> loss) => Mean(_scales.Select(loss));

    private static Tensor Mean(IEnumerable<Tensor> values) => stack(values).mean();
}
