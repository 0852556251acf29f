using Tmrvc.Configuration;

namespace Tmrvc.Models;

/// <summary>What blocks remember, against what constants.yaml says of it.</summary>
internal static class StudentStates
{
    /// <exception cref="ConfigurationException">A chain of blocks remembers another number of frames; all are named.</exception>
    internal static StudentArchitecture Required(Constants constants, StudentArchitecture shape)
    {
        var mistakes = Chains(constants, shape)
            .Where(chain => StudentArchitecture.StateFrames(chain.Dilations, chain.Ahead) != chain.Wanted)
            .Select(chain => new ConfigurationMistake(
                new SourcePosition("constants.yaml", 0, 0),
                $"{chain.Key}: {chain.Wanted} frames: blocks of the dilations {string.Join(", ", chain.Dilations)} remember {StudentArchitecture.StateFrames(chain.Dilations, chain.Ahead)}."))
            .ToList();
        return mistakes.Count == 0 ? shape : throw new ConfigurationException(mistakes);
    }

    private static (string Key, IReadOnlyList<int> Dilations, int Ahead, int Wanted)[] Chains(Constants constants, StudentArchitecture shape) =>
    [
        ("content_encoder_state", shape.ContentDilations, 0, constants.ContentEncoderState),
        ("converter_state", shape.ConverterDilations, 0, constants.ConverterState),
        ("converter_hq_state", shape.ConverterDilations, shape.MaxLookahead, constants.ConverterHqState),
        ("vocoder_state", shape.VocoderDilations, 0, constants.VocoderState),
        ("ir_estimator_state", shape.RoomDilations, 0, constants.IrEstimatorState),
    ];
}
