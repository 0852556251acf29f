using Tmrvc.Configuration;

namespace Tmrvc.Evaluation;

/// <summary>What makes speech of a teacher's mels.</summary>
public enum WaveformKind
{
    /// <summary>The teacher's vocoder, which a stage trains.</summary>
    Vocoder,

    /// <summary>No training, and a hollow sound.</summary>
    GriffinLim,
}

/// <summary>What tells how like the voice asked for the speech is.</summary>
public enum EmbedderKind
{
    /// <summary>A speaker encoder of the pipeline that nothing else uses.</summary>
    JudgeEncoder,

    /// <summary>ECAPA-TDNN of others, as an ONNX file; not where the teacher is conditioned by it.</summary>
    Ecapa,

    /// <summary>Nothing: no SECS is computed.</summary>
    None,
}

/// <summary>What predicts how natural people would find the speech.</summary>
public enum OpinionKind
{
    /// <summary>Nothing, and the report says so.</summary>
    None,

    /// <summary>UTMOS of others, as an ONNX file.</summary>
    Utmos,
}

public sealed record TeacherEvaluationSettings : IValidated
{
    /// <summary>Euler steps of each sample.</summary>
    public int Steps { get; init; } = 10;

    /// <summary>Of the noise that samples start from and the loss is taken with.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>Validation utterances that each speaker is reconstructed on; the first of them is also converted.</summary>
    public int UtterancesPerSpeaker { get; init; } = 2;

    /// <summary>Frames; shorter utterances are not sampled.</summary>
    public int ShortestSample { get; init; } = 100;

    /// <summary>Frames; longer utterances are cut.</summary>
    public int LongestSample { get; init; } = 400;

    public WaveformKind Waveforms { get; init; } = WaveformKind.Vocoder;

    public EmbedderKind Embedder { get; init; } = EmbedderKind.JudgeEncoder;

    public OpinionKind Opinion { get; init; } = OpinionKind.None;

    /// <summary>Recordings of each speaker that generated speech is compared with.</summary>
    public int References { get; init; } = 8;

    /// <summary>Seconds; conversions are put into the unheard room that comes nearest.</summary>
    public double RoomRt60 { get; init; } = 0.5;

    /// <summary>Utterances of the validation split that the velocity loss is taken over, fewer where it is smaller.</summary>
    public int LossUtterances { get; init; } = 48;

    /// <summary>cpu, cuda, or auto for CUDA where there is one.</summary>
    [RuntimeOnly]
    public string Device { get; init; } = "auto";

    /// <summary>CPU threads of the network; 0 for all.</summary>
    [RuntimeOnly]
    public int Threads { get; init; }

    /// <summary>Names, in the section <c>pretrained</c>, of the networks that are needed.</summary>
    public IEnumerable<string> Networks()
    {
        if (Embedder == EmbedderKind.Ecapa) yield return EcapaNetwork;
        if (Opinion == OpinionKind.Utmos) yield return UtmosNetwork;
    }

    internal const string EcapaNetwork = "ecapa";
    internal const string UtmosNetwork = "utmos";

    /// <summary>Torch's CPU generator takes 32 bits.</summary>
    internal ulong NoiseSeed(int utterance) => unchecked((uint)Seed * 2654435761u + (uint)utterance);

    public IEnumerable<(string Property, string Message)> Mistakes()
    {
        if (Steps < 1) yield return ("steps", $"{Steps}: 1 or more is allowed.");
        if (UtterancesPerSpeaker < 1) yield return ("utterances_per_speaker", $"{UtterancesPerSpeaker}: 1 or more is allowed.");
        if (ShortestSample < 1) yield return ("shortest_sample", $"{ShortestSample}: 1 or more is allowed.");
        if (LongestSample < ShortestSample)
            yield return ("longest_sample", $"{LongestSample}: shortest_sample ({ShortestSample}) or more is allowed.");
        if (References < 2) yield return ("references", $"{References}: 2 or more are allowed.");
        if (!(RoomRt60 > 0)) yield return ("room_rt60", $"{RoomRt60}: more than 0 is allowed.");
        if (LossUtterances < 1) yield return ("loss_utterances", $"{LossUtterances}: 1 or more is allowed.");
        if (Threads < 0) yield return ("threads", $"{Threads}: 0 (all) or more is allowed.");
        if (Device is not ("auto" or "cpu" or "cuda")) yield return ("device", $"'{Device}': auto, cpu and cuda are allowed.");
    }
}
