using Tmrvc.Models;

namespace Tmrvc.Support;

/// <summary>A student small enough for exact checks: narrow, with the real chains of blocks.</summary>
internal static class SmallArchitecture
{
    public static readonly StudentArchitecture Student = new()
    {
        Mels = 6, Content = 5, Speaker = 4, IrParameters = 6, Features = 11, SampleRate = 2400, HopLength = 4, WindowLength = 16,
        ContentChannels = 8, ConverterChannels = 12, VocoderChannels = 8, RoomChannels = 8, RoomHidden = 4, LoraHidden = 3,
        Lora = new LoraLayout { Rank = 2, Alpha = 6, Layers = 3, Length = 256 },
        Memory = new TimbreMemoryShape { Entries = 3, Width = 4, Heads = 2 },
        SpeakerEncoder = new SpeakerEncoderArchitecture { Mels = 6, Embedding = 4, Channels = 8, Scale = 2, Squeeze = 4 },
    };
}
