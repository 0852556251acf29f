using Tmrvc.Configuration;

namespace Tmrvc.Streaming;

/// <summary>The exported networks of a conversion. Callers give raw log-mel and ln(F0 in Hz + 1); states begin as zeros.</summary>
internal sealed record ExportContract(Constants Constants)
{
    private const string StateIn = "state_in", StateOut = "state_out";

    internal NetworkContract ContentEncoder => new(
        "content_encoder",
        [new("mel_frame", 1, Constants.NMels, 1), new("f0", 1, 1, 1), State(StateIn, Constants.ContentEncoderState)],
        [new("content", 1, Constants.DContent, 1), State(StateOut, Constants.ContentEncoderState)]);

    internal NetworkContract Converter => ConverterOf("converter", frames: 1, Constants.ConverterState);

    internal NetworkContract ConverterHq => ConverterOf("converter_hq", 1 + Constants.MaxLookaheadHops, Constants.ConverterHqState);

    internal NetworkContract Vocoder => new(
        "vocoder",
        [new("features", 1, Constants.DVocoderFeatures, 1), State(StateIn, Constants.VocoderState)],
        [new("stft_mag", 1, Constants.NFreqBins, 1), new("stft_phase", 1, Constants.NFreqBins, 1), State(StateOut, Constants.VocoderState)]);

    internal NetworkContract IrEstimator => new(
        "ir_estimator",
        [new("mel_chunk", 1, Constants.NMels, Constants.IrUpdateInterval), State(StateIn, Constants.IrEstimatorState)],
        [new("ir_params", 1, Constants.NIrParams), State(StateOut, Constants.IrEstimatorState)]);

    internal NetworkContract SpeakerEncoder => new(
        "speaker_encoder",
        [new("mel_ref", 1, Constants.NMels, 0)],
        [new("spk_embed", 1, Constants.DSpeaker), new("lora_delta", 1, Constants.LoraDelta)]);

    private NetworkContract ConverterOf(string name, int frames, int state) => new(
        name,
        [
            new("content", 1, Constants.DContent, frames), new("spk_embed", 1, Constants.DSpeaker), new("lora_delta", 1, Constants.LoraDelta),
            new("ir_params", 1, Constants.NIrParams), State(StateIn, state),
        ],
        [new("pred_features", 1, Constants.DVocoderFeatures, 1), State(StateOut, state)]);

    /// <summary>How many channels is the network's own affair.</summary>
    private static TensorContract State(string name, int frames) => new(name, 1, 0, frames);
}
