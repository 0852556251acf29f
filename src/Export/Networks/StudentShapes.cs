using Tmrvc.Contract;
using Tmrvc.Models;

namespace Tmrvc.Export;

/// <summary>What one student's files promise.</summary>
public static class StudentShapes
{
    /// <summary>The contract of this architecture, the widths of states among it.</summary>
    public static StudentContracts Contracts(this StudentArchitecture shape) => new(new ContractSizes
    {
        Mels = shape.Mels,
        Content = shape.Content,
        Speaker = shape.Speaker,
        LoraDelta = shape.Lora.Length,
        RoomParameters = shape.IrParameters,
        RoomFrames = shape.RoomFrames,
        Features = shape.Features,
        Lookahead = shape.MaxLookahead,
        ContentEncoder = State(shape.ContentChannels, shape.ContentDilations),
        Converter = State(shape.ConverterChannels, shape.ConverterDilations),
        ConverterHq = State(shape.ConverterChannels, shape.ConverterDilations, shape.MaxLookahead),
        Vocoder = State(shape.VocoderChannels, shape.VocoderDilations),
        IrEstimator = State(shape.RoomChannels, shape.RoomDilations),
    });

    private static StateSizes State(int width, IReadOnlyList<int> dilations, int lookahead = 0) => new(width, StudentArchitecture.StateFrames(dilations, lookahead));
}
