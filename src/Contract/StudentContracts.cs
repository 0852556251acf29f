using Tmrvc.Configuration;

namespace Tmrvc.Contract;

/// <summary>The six files of a student. Callers feed log-mel as it is computed, log(F0 + 1), and rooms in seconds, dB and dB per octave.</summary>
public sealed class StudentContracts(ContractSizes sizes)
{
    /// <summary>What every student's files keep, whoever made them.</summary>
    public static StudentContracts From(Constants constants) => new(ContractSizes.From(constants));

    public ContractSizes Sizes => sizes;

    public ModelContract ContentEncoder => Streaming(
        NetworkNames.ContentEncoder, sizes.ContentEncoder, [new("mel_frame", 1, sizes.Mels, 1), new("f0", 1, 1, 1)], [new("content", 1, sizes.Content, 1)]);

    public ModelContract Converter => Converting(NetworkNames.Converter, sizes.Converter, frames: 1);

    public ModelContract ConverterHq => Converting(NetworkNames.ConverterHq, sizes.ConverterHq, 1 + sizes.Lookahead);

    public ModelContract Vocoder => Streaming(NetworkNames.Vocoder, sizes.Vocoder,
        [new("features", 1, sizes.Features, 1)], [new("stft_mag", 1, sizes.Features, 1), new("stft_phase", 1, sizes.Features, 1)]);

    public ModelContract IrEstimator => Streaming(
        NetworkNames.IrEstimator, sizes.IrEstimator, [new("mel_chunk", 1, sizes.Mels, sizes.RoomFrames)], [new("ir_params", 1, sizes.RoomParameters)]);

    public ModelContract SpeakerEncoder => new(NetworkNames.SpeakerEncoder, [new("mel_ref", 1, sizes.Mels, Axis.Length)],
        [new("spk_embed", 1, sizes.Speaker), new("lora_delta", 1, sizes.LoraDelta)]);

    public IReadOnlyList<ModelContract> All => [ContentEncoder, Converter, ConverterHq, Vocoder, IrEstimator, SpeakerEncoder];

    public ModelContract Of(string name) => All.Single(contract => contract.Name == name);

    private ModelContract Converting(string name, StateSizes state, int frames) => Streaming(name, state,
        [
            new("content", 1, sizes.Content, frames), new("spk_embed", 1, sizes.Speaker),
            new("lora_delta", 1, sizes.LoraDelta), new("ir_params", 1, sizes.RoomParameters),
        ],
        [new("pred_features", 1, sizes.Features, 1)]);

    private static ModelContract Streaming(string name, StateSizes state, IEnumerable<ContractTensor> inputs, IEnumerable<ContractTensor> outputs) => new(
        name,
        [.. inputs, new(ModelContract.StateIn, 1, state.Width, state.Frames)],
        [.. outputs, new(ModelContract.StateOut, 1, state.Width, state.Frames)]);
}
