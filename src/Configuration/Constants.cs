namespace Tmrvc.Configuration;

/// <summary>configs/constants.yaml, key for key. Stages take from it only what they use, so that only they depend on it.</summary>
public sealed record Constants : IValidated
{
    /// <summary>Hertz.</summary>
    public required int SampleRate { get; init; }
    public required int NFft { get; init; }
    /// <summary>Samples per frame step.</summary>
    public required int HopLength { get; init; }
    /// <summary>Samples under the analysis window.</summary>
    public required int WindowLength { get; init; }
    public required int NMels { get; init; }
    /// <summary>Hertz.</summary>
    public required double MelFmin { get; init; }
    /// <summary>Hertz.</summary>
    public required double MelFmax { get; init; }
    public required int NFreqBins { get; init; }
    /// <summary>Power below which the logarithm is not taken.</summary>
    public required double LogFloor { get; init; }
    /// <summary>LUFS, ITU-R BS.1770-4.</summary>
    public required double LoudnessTarget { get; init; }

    public required int DContentVec { get; init; }
    public required int DContent { get; init; }
    public required int DSpeaker { get; init; }
    public required int NIrParams { get; init; }
    public required int DConverterHidden { get; init; }
    public required int DVocoderFeatures { get; init; }
    public required int TeacherNHeads { get; init; }

    /// <summary>Frames.</summary>
    public required int IrUpdateInterval { get; init; }
    public required int MaxLookaheadHops { get; init; }
    /// <summary>Frames of left context, as all states below.</summary>
    public required int ContentEncoderState { get; init; }
    public required int ConverterState { get; init; }
    public required int ConverterHqState { get; init; }
    public required int VocoderState { get; init; }
    public required int IrEstimatorState { get; init; }

    public required int LoraRank { get; init; }
    public required int LoraAlpha { get; init; }
    public required int LoraLayers { get; init; }
    /// <summary>Floats in one LoRA delta vector, padding included.</summary>
    public required int LoraDelta { get; init; }
    public required int GtmEntries { get; init; }
    public required int GtmDim { get; init; }
    public required int GtmHeads { get; init; }

    /// <summary>Hertz, ascending: the edges of the sub-bands of an impulse response's parameters.</summary>
    public required IReadOnlyList<double> IrSubbandEdgesHz { get; init; }

    public IEnumerable<(string Property, string Message)> Mistakes() => ConstantsMistakes.Of(this);
}
