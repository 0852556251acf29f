using Tmrvc.Configuration;
using Tmrvc.Training;

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

/// <summary>What tells how much of the words is understood.</summary>
public enum WordsKind
{
    /// <summary>Nothing, and the report says so.</summary>
    None,

    /// <summary>PocketSphinx with its model of US English, on English utterances whose transcript is known.</summary>
    PocketSphinx,
}

public sealed record TeacherEvaluationSettings : IValidated
{
    /// <summary>Euler steps of each sample.</summary>
    public int Steps { get; init; } = 10;

    /// <summary>Euler steps of a shorter way from the same noise, whose mels are measured beside: what a straighter field would do with.</summary>
    public int FewSteps { get; init; } = 2;

    /// <summary>Of the noise that samples start from and the loss is taken with.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>Sway coefficient of the sampler, from −1 to 2/(π − 2); 0 gives equal steps, below 0 finer ones near the noise.</summary>
    public double Sway { get; init; }

    /// <summary>Scale of classifier-free guidance; 1 is none. Any other takes each step twice.</summary>
    public double Guidance { get; init; } = 1;

    /// <summary>Most voices that are evaluated, spread over the corpora.</summary>
    public int Speakers { get; init; } = 24;

    /// <summary>Most voices that no training heard, as targets of conversions; where corpora hold speakers out.</summary>
    public int UnheardSpeakers { get; init; } = 8;

    /// <summary>Validation utterances that each speaker is reconstructed on; the first of them is also converted.</summary>
    public int UtterancesPerSpeaker { get; init; } = 2;

    /// <summary>Voices that an utterance is converted to, of both sexes and of other corpora where there are any.</summary>
    public int Targets { get; init; } = 3;

    /// <summary>Frames; shorter utterances are not sampled.</summary>
    public int ShortestSample { get; init; } = 100;

    /// <summary>Frames; longer utterances are cut.</summary>
    public int LongestSample { get; init; } = 400;

    public WaveformKind Waveforms { get; init; } = WaveformKind.Vocoder;

    public EmbedderKind Embedder { get; init; } = EmbedderKind.JudgeEncoder;

    public OpinionKind Opinion { get; init; } = OpinionKind.None;

    public WordsKind Words { get; init; } = WordsKind.None;

    /// <summary>Held-out recordings of each speaker that generated speech is compared with, fewer where there are not so many.</summary>
    public int References { get; init; } = 8;

    /// <summary>Recordings of each speaker, of the training, that the discriminant of cepstra learns voices from.</summary>
    public int DiscriminantRecordings { get; init; } = 200;

    /// <summary>Seconds; conversions are put into the unheard rooms that come nearest.</summary>
    public double RoomRt60 { get; init; } = 0.5;

    /// <summary>Unheard rooms that conversions are put into, in turns.</summary>
    public int Rooms { get; init; } = 3;

    /// <summary>Utterances of the validation split that the velocity loss is taken over, fewer where it is smaller.</summary>
    public int LossUtterances { get; init; } = 48;

    [RuntimeOnly]
    public DeviceChoice Device { get; init; } = DeviceChoice.Auto;

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
        foreach (var (name, number, least) in Numbers().Where(entry => entry.Number < entry.Least))
            yield return (name, $"{number}: {least} or more is allowed.");
        if (!(Sway >= -1 && Sway <= 2 / (Math.PI - 2))) yield return ("sway", $"{Sway}: from -1 to {2 / (Math.PI - 2):0.00} is allowed.");
        if (!(Guidance >= 0)) yield return ("guidance", $"{Guidance}: 0 or more is allowed, 1 for none.");
        if (LongestSample < ShortestSample)
            yield return ("longest_sample", $"{LongestSample}: shortest_sample ({ShortestSample}) or more is allowed.");
        if (!(RoomRt60 > 0)) yield return ("room_rt60", $"{RoomRt60}: more than 0 is allowed.");
    }

    private IEnumerable<(string Name, int Number, int Least)> Numbers() =>
    [
        ("steps", Steps, 1), ("few_steps", FewSteps, 1), ("speakers", Speakers, 1), ("unheard_speakers", UnheardSpeakers, 0),
        ("utterances_per_speaker", UtterancesPerSpeaker, 1), ("targets", Targets, 1), ("shortest_sample", ShortestSample, 1),
        ("references", References, 2), ("discriminant_recordings", DiscriminantRecordings, 2), ("rooms", Rooms, 1),
        ("loss_utterances", LossUtterances, 1), ("threads", Threads, 0),
    ];
}
