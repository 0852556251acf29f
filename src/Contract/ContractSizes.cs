using Tmrvc.Configuration;

namespace Tmrvc.Contract;

/// <summary>The sizes that the contract of a student's files rests on.</summary>
public sealed record ContractSizes
{
    public required int Mels { get; init; }

    /// <summary>Values that the content encoder hands to the converter, per frame.</summary>
    public required int Content { get; init; }

    public required int Speaker { get; init; }

    public required int LoraDelta { get; init; }

    public required int RoomParameters { get; init; }

    /// <summary>Frames that one estimate of the room is read from.</summary>
    public required int RoomFrames { get; init; }

    /// <summary>Bins of the log-magnitude spectrum.</summary>
    public required int Features { get; init; }

    /// <summary>Frames that the better converter sees beyond the one it gives.</summary>
    public required int Lookahead { get; init; }

    public required StateSizes ContentEncoder { get; init; }

    public required StateSizes Converter { get; init; }

    public required StateSizes ConverterHq { get; init; }

    public required StateSizes Vocoder { get; init; }

    public required StateSizes IrEstimator { get; init; }

    /// <summary>Those that all students share; how wide their networks are is their own affair.</summary>
    public static ContractSizes From(Constants constants) => new()
    {
        Mels = constants.NMels,
        Content = constants.DContent,
        Speaker = constants.DSpeaker,
        LoraDelta = constants.LoraDelta,
        RoomParameters = constants.NIrParams,
        RoomFrames = constants.IrUpdateInterval,
        Features = constants.DVocoderFeatures,
        Lookahead = constants.MaxLookaheadHops,
        ContentEncoder = new(Axis.Width, constants.ContentEncoderState),
        Converter = new(Axis.Width, constants.ConverterState),
        ConverterHq = new(Axis.Width, constants.ConverterHqState),
        Vocoder = new(Axis.Width, constants.VocoderState),
        IrEstimator = new(Axis.Width, constants.IrEstimatorState),
    };
}

/// <summary>What a network remembers: [1, width, frames].</summary>
public sealed record StateSizes(Axis Width, int Frames);
