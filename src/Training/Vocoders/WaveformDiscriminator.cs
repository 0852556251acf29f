using Tmrvc.Models;
using static TorchSharp.torch;

namespace Tmrvc.Training;

/// <summary>
/// One discriminator for each of several resolutions of spectrum (UnivNet, Jang et al., 2021) and one for each of several periods of samples
/// (HiFi-GAN, Kong et al., 2020), with the hinge losses of both sides.
/// </summary>
internal sealed class WaveformDiscriminator : nn.Module
{
    private static readonly IReadOnlyList<StftResolution> Resolutions = [new(512, 128, 512), new(1024, 240, 960), new(2048, 480, 1920)];
    private static readonly IReadOnlyList<int> Periods = [2, 3, 5, 7, 11];

    private readonly IReadOnlyList<Func<Tensor, PatchJudgement>> _judges;

    public WaveformDiscriminator(int channels, int seed) : base(nameof(WaveformDiscriminator)) =>
        _judges = [.. Resolutions.Select((resolution, n) => OfSpectrum(n, resolution, channels, seed)), .. Periods.Select(period => OfPeriod(period, channels, seed))];

    /// <summary>What the discriminators learn from: recorded above 1, generated below −1. Scalar.</summary>
    public Tensor OwnLoss(Tensor recorded, Tensor generated) => Mean(_judges.Select(judge =>
        (1 - judge(recorded).Scores).relu().mean() + (1 + judge(generated).Scores).relu().mean()));

    /// <summary>What the generator learns from: being taken for recorded, and looking so in every layer. Scalars.</summary>
    public (Tensor Adversarial, Tensor Features) GeneratorLosses(Tensor recorded, Tensor generated)
    {
        var judged = _judges.Select(judge => (Made: judge(generated), Real: AsTarget(judge, recorded))).ToList();
        return (Mean(judged.Select(pair => -pair.Made.Scores.mean())), Mean(judged.SelectMany(pair =>
            pair.Made.Features.Zip(pair.Real.Features, (made, real) => (made - real).abs().mean()))));
    }

    private static PatchJudgement AsTarget(Func<Tensor, PatchJudgement> judge, Tensor recorded)
    {
        using var _ = no_grad();
        return judge(recorded);
    }

    private Func<Tensor, PatchJudgement> OfSpectrum(int scale, StftResolution resolution, int channels, int seed)
    {
        var (spectrum, judge) = (new MagnitudeSpectrum(resolution), new SpectrogramDiscriminator(channels, (ulong)(seed + scale + 1)));
        register_module($"scale{scale}", judge);
        return waveform => judge.Judge(spectrum.Of(waveform));
    }

    private Func<Tensor, PatchJudgement> OfPeriod(int period, int channels, int seed)
    {
        var judge = new PeriodDiscriminator(period, channels, (ulong)(seed + 100 + period));
        register_module($"period{period}", judge);
        return judge.Judge;
    }

    private static Tensor Mean(IEnumerable<Tensor> values) => stack(values).mean();
}
