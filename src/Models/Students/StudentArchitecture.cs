using Tmrvc.Configuration;

namespace Tmrvc.Models;

/// <summary>The shapes of all networks of one student. Those of <see cref="From"/> are what the exported files promise.</summary>
public sealed record StudentArchitecture : IValidated
{
    /// <summary>Frames seen by each depthwise convolution.</summary>
    public const int Kernel = 3;

    public int Mels { get; init; } = 80;

    /// <summary>Values that the content encoder hands to the converter, per frame.</summary>
    public int Content { get; init; } = 256;

    public int Speaker { get; init; } = 192;

    public int IrParameters { get; init; } = 24;

    /// <summary>Bins of the log-magnitude spectrum.</summary>
    public int Features { get; init; } = 513;

    /// <summary>Hertz. Bin n of the spectrum lies at n · SampleRate / (2 · (Features − 1)).</summary>
    public int SampleRate { get; init; } = 24000;

    /// <summary>Samples from one frame to the next.</summary>
    public int HopLength { get; init; } = 240;

    /// <summary>Samples under the window.</summary>
    public int WindowLength { get; init; } = 960;

    public int ContentChannels { get; init; } = 256;

    public int ConverterChannels { get; init; } = 384;

    public int VocoderChannels { get; init; } = 256;

    public int RoomChannels { get; init; } = 128;

    public int RoomHidden { get; init; } = 64;

    /// <summary>Width of a block's hidden layer, in channels.</summary>
    public int Expansion { get; init; } = 4;

    public IReadOnlyList<int> ContentDilations { get; init; } = [1, 1, 2, 2, 4, 4];

    public IReadOnlyList<int> ConverterDilations { get; init; } = [1, 1, 2, 2, 4, 4, 6, 6];

    public IReadOnlyList<int> VocoderDilations { get; init; } = [1, 2, 2, 2];

    public IReadOnlyList<int> RoomDilations { get; init; } = [1, 1, 1];

    /// <summary>Frames that one estimate of the room is read from.</summary>
    public int RoomFrames { get; init; } = 10;

    /// <summary>Frames of the future that the better of the two exported converters sees.</summary>
    public int MaxLookahead { get; init; } = 6;

    public TimbrePath Timbre { get; init; } = TimbrePath.Modulation;

    public LoraLayout Lora { get; init; } = new();

    public TimbreMemoryShape Memory { get; init; } = new();

    /// <summary>Of the speaker encoder's trunk.</summary>
    public SpeakerEncoderArchitecture SpeakerEncoder { get; init; } = new() { Channels = 512, Scale = 8, Squeeze = 128 };

    public int LoraHidden { get; init; } = 64;

    /// <exception cref="ConfigurationException">The blocks do not remember as many frames as the constants say.</exception>
    public static StudentArchitecture From(Constants constants) => StudentStates.Required(constants, new StudentArchitecture
    {
        Mels = constants.NMels,
        Content = constants.DContent,
        Speaker = constants.DSpeaker,
        IrParameters = constants.NIrParams,
        Features = constants.DVocoderFeatures,
        SampleRate = constants.SampleRate,
        HopLength = constants.HopLength,
        WindowLength = constants.WindowLength,
        ConverterChannels = constants.DConverterHidden,
        RoomFrames = constants.IrUpdateInterval,
        MaxLookahead = constants.MaxLookaheadHops,
        Lora = new LoraLayout { Rank = constants.LoraRank, Alpha = constants.LoraAlpha, Layers = constants.LoraLayers, Length = constants.LoraDelta },
        Memory = new TimbreMemoryShape { Entries = constants.GtmEntries, Width = constants.GtmDim, Heads = constants.GtmHeads },
        SpeakerEncoder = new() { Mels = constants.NMels, Embedding = constants.DSpeaker, Channels = 512, Scale = 8, Squeeze = 128 },
    });

    /// <summary>Frames of left context that a chain of blocks remembers.</summary>
    /// <param name="lookahead">Frames that the chain sees beyond the one it gives.</param>
    public static int StateFrames(IReadOnlyList<int> dilations, int lookahead = 0) => (Kernel - 1) * dilations.Sum() - lookahead;

    public IEnumerable<(string Property, string Message)> Mistakes()
    {
        foreach (var (name, value) in Sizes())
            if (value < 1) yield return (name, $"{value}: 1 or more is allowed.");
        foreach (var (name, dilations) in Chains())
            if (dilations.Count == 0 || dilations.Any(dilation => dilation < 1))
                yield return (name, $"[{string.Join(", ", dilations)}]: at least one, each positive, is allowed.");
        var used = Lora.LayerLength(Speaker + IrParameters, ConverterChannels) * Lora.Layers;
        if (used > Lora.Length || Lora.Layers < 0 || Lora.Layers > ConverterDilations.Count)
            yield return ("lora", $"{Lora.Layers} layers in {Lora.Length} floats: 0 to {ConverterDilations.Count} layers are allowed, and {used} floats are needed.");
        if (Memory.Heads > 0 && Memory.Width % Memory.Heads != 0) yield return ("memory", $"{Memory.Width} values in {Memory.Heads} heads: heads of equal size are allowed.");
        if (IrParameters % 3 != 0) yield return ("ir_parameters", $"{IrParameters}: as many of RT60, DRR and tilt are allowed, a multiple of 3.");
        if (MaxLookahead < 0 || MaxLookahead > ConverterDilations.Sum())
            yield return ("max_lookahead", $"{MaxLookahead}: 0 to {ConverterDilations.Sum()} frames are allowed, what the converter's dilations add up to.");
        foreach (var (property, message) in SpeakerEncoder.Mistakes()) yield return ($"speaker_encoder.{property}", message);
        if (SpeakerEncoder.Mels != Mels) yield return ("speaker_encoder.mels", $"{SpeakerEncoder.Mels}: the student's {Mels} are allowed.");
    }

    internal StudentArchitecture Validated()
    {
        var mistakes = Mistakes().Select(mistake => $"{mistake.Property}: {mistake.Message}").ToList();
        return mistakes.Count == 0 ? this : throw new ArgumentException($"Student architecture: {string.Join(" ", mistakes)}");
    }

    private IEnumerable<(string Name, int Value)> Sizes() =>
    [
        ("mels", Mels), ("content", Content), ("speaker", Speaker), ("ir_parameters", IrParameters), ("features", Features),
        ("sample_rate", SampleRate), ("hop_length", HopLength), ("window_length", WindowLength), ("content_channels", ContentChannels), ("converter_channels", ConverterChannels), ("vocoder_channels", VocoderChannels),
        ("room_channels", RoomChannels), ("room_hidden", RoomHidden), ("expansion", Expansion), ("room_frames", RoomFrames),
        ("memory.entries", Memory.Entries), ("memory.width", Memory.Width), ("memory.heads", Memory.Heads), ("lora.rank", Lora.Rank), ("lora_hidden", LoraHidden),
    ];

    private IEnumerable<(string Name, IReadOnlyList<int> Dilations)> Chains() =>
    [
        ("content_dilations", ContentDilations), ("converter_dilations", ConverterDilations),
        ("vocoder_dilations", VocoderDilations), ("room_dilations", RoomDilations),
    ];
}

/// <summary>How a converter is told whose voice to speak with.</summary>
public enum TimbrePath
{
    /// <summary>FiLM by the speaker's embedding and the room after each block.</summary>
    Modulation,

    /// <summary>FiLM by the room, and attention to a memory that the speaker's embedding is unfolded into.</summary>
    Memory,
}

/// <summary>The memory of a voice that a converter attends to.</summary>
public sealed record TimbreMemoryShape
{
    public int Entries { get; init; } = 8;

    /// <summary>Values per entry.</summary>
    public int Width { get; init; } = 48;

    public int Heads { get; init; } = 4;
}
