using Tmrvc.Audio;
using Tmrvc.Models;
using static TorchSharp.torch;

namespace Tmrvc.Training;

/// <summary>A student of one step at work: the source's mel, the target's F0 and voice and a room go in, a spectrum comes out.</summary>
internal sealed class StudentSpeech : IDisposable
{
    private readonly ContentEncoder _contentEncoder;
    private readonly Converter _converter;
    private readonly Device _device;
    private readonly FeatureMel _mel;
    private readonly NormalisedMel _normalised;
    private readonly HarmonicSpectrum _spectrum;

    public StudentSpeech(ContentEncoder contentEncoder, Converter converter, SignalParameters signal, MelStatistics statistics, Device device)
    {
        (_contentEncoder, _converter, _device) = (contentEncoder, converter, device);
        _mel = new FeatureMel(DenseFilterbank.Of(signal), signal.NMels, signal.LogFloor, device);
        _normalised = new NormalisedMel(statistics, device);
        _spectrum = new HarmonicSpectrum(converter.Architecture, signal, device);
    }

    /// <summary>Each as likely as the others.</summary>
    public static Lookahead DrawAhead(IReadOnlyList<int> frames, StepRandom random) => new(frames[(int)(random.Fractions(1)[0] * frames.Count)]);

    /// <param name="room">[B, 24]</param>
    /// <returns>Content [B, 256, T] and natural log of magnitude [B, 513, T − lookahead].</returns>
    public (Tensor Content, Tensor Features) Convert(TrajectoryBatch batch, Lookahead ahead, Tensor room)
    {
        var content = _contentEncoder.forward(batch.Said.Features.LogMelOn(_device), batch.LogF0On(_device)).Output;
        return (content, _converter.forward(content, new ConverterConditions(batch.SpeakerOn(_device), room), lookahead: ahead).Output);
    }

    /// <summary>Clamped and normalised. [B, 513, T] → [B, 80, T]</summary>
    public Tensor MelOf(Tensor features) => _normalised.Of(_mel.Of(features));

    /// <summary>How far a spectrum is from the one that converter and vocoder agree on for the mel that a way leads to, and its pitch. Scalar.</summary>
    /// <param name="features">[B, 513, T − lookahead]</param>
    /// <param name="mask">[B, 1, T − lookahead]; null when all counts.</param>
    public Tensor OffSpectrum(Tensor features, TrajectoryBatch batch, Tensor? mask)
    {
        var (positions, frames) = (batch.PositionsOn(_device), features.shape[2]);
        var mel = _normalised.Restored(positions.select(1, positions.shape[1] - 1).narrow(2, 0, frames));
        var agreed = _spectrum.Of(mel, batch.LogF0On(_device).narrow(2, 0, frames));
        return DistillationLoss.MeanInside((features - agreed).abs().mean([1L], keepdim: true), mask);
    }

    public void Dispose()
    {
        _mel.Dispose();
        _normalised.Dispose();
        _spectrum.Dispose();
    }
}
