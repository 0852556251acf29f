using Tmrvc.Audio;
using Tmrvc.Training;
using static TorchSharp.torch;

namespace Tmrvc.Evaluation;

/// <summary>Speech as the pipeline's networks take it. One instance per thread.</summary>
/// <param name="statistics">Those that the network was trained with.</param>
internal sealed class MelInput(MelStatistics statistics, SignalParameters signal, Device device)
{
    private readonly LogMel _logMel = new(signal);

    /// <returns>[1, 80, T] normalised log-mel.</returns>
    public Tensor Of(AudioBuffer speech)
    {
        var mel = _logMel.Compute(speech.Samples);
        statistics.Normalise(mel);
        return tensor(mel, [1, signal.NMels, mel.Length / signal.NMels], device: device);
    }
}
