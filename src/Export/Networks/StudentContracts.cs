using Tmrvc.Models;

namespace Tmrvc.Export;

/// <summary>The six files of a student. Callers feed log-mel as it is computed, log(F0 + 1), and rooms in seconds, dB and dB per octave.</summary>
/// <param name="shape">Of the student; sizes are those of the specification where it is a full-size one.</param>
public sealed class StudentContracts(StudentArchitecture shape)
{
    /// <summary>Frames of content that the better converter sees of the future.</summary>
    public static readonly Lookahead HighQuality = new(6);

    public ModelContract ContentEncoder => Streaming("content_encoder", shape.ContentChannels, StudentArchitecture.StateFrames(shape.ContentDilations),
        [new("mel_frame", 1, shape.Mels, 1), new("f0", 1, 1, 1)], [new("content", 1, shape.Content, 1)]);

    public ModelContract Converter => Converting("converter", Lookahead.None);

    public ModelContract ConverterHq => Converting("converter_hq", HighQuality);

    public ModelContract Vocoder => Streaming("vocoder", shape.VocoderChannels, StudentArchitecture.StateFrames(shape.VocoderDilations),
        [new("features", 1, shape.Features, 1)], [new("stft_mag", 1, shape.Features, 1), new("stft_phase", 1, shape.Features, 1)]);

    public ModelContract IrEstimator => Streaming("ir_estimator", shape.RoomChannels, StudentArchitecture.StateFrames(shape.RoomDilations),
        [new("mel_chunk", 1, shape.Mels, shape.RoomFrames)], [new("ir_params", 1, shape.IrParameters)]);

    public ModelContract SpeakerEncoder => new("speaker_encoder", [new("mel_ref", [1, shape.Mels, null])],
        [new("spk_embed", 1, shape.Speaker), new("lora_delta", 1, shape.Lora.Length)]);

    public IReadOnlyList<ModelContract> All => [ContentEncoder, Converter, ConverterHq, Vocoder, IrEstimator, SpeakerEncoder];

    private ModelContract Converting(string name, Lookahead lookahead) => Streaming(name, shape.ConverterChannels,
        StudentArchitecture.StateFrames(shape.ConverterDilations, lookahead.Frames),
        [
            new("content", 1, shape.Content, 1 + lookahead.Frames), new("spk_embed", 1, shape.Speaker),
            new("lora_delta", 1, shape.Lora.Length), new("ir_params", 1, shape.IrParameters),
        ],
        [new("pred_features", 1, shape.Features, 1)]);

    private static ModelContract Streaming(
        string name, int channels, int frames, IEnumerable<ContractTensor> inputs, IEnumerable<ContractTensor> outputs) =>
        new(name, [.. inputs, new ContractTensor(ModelContract.StateIn, 1, channels, frames)],
            [.. outputs, new ContractTensor(ModelContract.StateOut, 1, channels, frames)]);
}
