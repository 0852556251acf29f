using Tmrvc.Audio;
using Tmrvc.Features;

namespace Tmrvc.Evaluation;

/// <summary>How natural people would find speech, as UTMOS predicts it (Saeki et al., 2022): a mean opinion score, 1 to 5.</summary>
public sealed class OpinionScorer(PretrainedNetwork network)
{
    private const int SampleRate = 16000;

    public static NetworkSignature Signature { get; } = new(
        "UTMOS", new TensorShape("waveform", "B", "N"), [new TensorShape("score", "B"), new TensorShape("score", "B", "1")]);

    /// <exception cref="NetworkException">The network fails.</exception>
    public double Score(AudioBuffer speech)
    {
        var samples = Resampler.Resample(speech, SampleRate).Samples;
        return network.Run(samples, 1, samples.Length).Values[0];
    }
}
