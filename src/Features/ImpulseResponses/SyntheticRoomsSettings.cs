using Tmrvc.Audio;
using Tmrvc.Configuration;
using Tmrvc.Corpora;

namespace Tmrvc.Features;

/// <summary>Which rooms are made up.</summary>
public sealed record SyntheticRoomsSettings : IValidated
{
    /// <summary>First part of every response's id.</summary>
    public string Name { get; init; } = "synthetic";

    public int Rooms { get; init; } = 150;

    /// <summary>Places of source and microphone in each room.</summary>
    public int ResponsesPerRoom { get; init; } = 4;

    public int Seed { get; init; } = 1;

    /// <summary>Seconds that the middle octaves of the driest room are meant to decay for.</summary>
    public double ShortestRt60 { get; init; } = 0.12;

    /// <summary>Seconds that the middle octaves of the most reverberant room are meant to decay for.</summary>
    public double LongestRt60 { get; init; } = 1.8;

    public ImpulseResponseSettings Response { get; init; } = new();

    public RoomSplitSettings Split { get; init; } = new();

    /// <summary>Rooms at the same time; 0 for as many as there are cores.</summary>
    [RuntimeOnly]
    public int Workers { get; init; }

    public IEnumerable<(string Property, string Message)> Mistakes()
    {
        foreach (var mistake in CorpusName.Mistakes(Name))
            yield return mistake;
        if (Rooms is < 1 or > 100_000)
            yield return ("rooms", $"found {Rooms}, 1 to 100000 are allowed");
        if (ResponsesPerRoom is < 1 or > 1000)
            yield return ("responses_per_room", $"found {ResponsesPerRoom}, 1 to 1000 are allowed");
        if (ShortestRt60 is not (>= 0.1 and <= 3))
            yield return ("shortest_rt60", $"found {ShortestRt60}, 0.1 to 3 seconds are allowed");
        if (!(LongestRt60 >= ShortestRt60) || LongestRt60 > 3)
            yield return ("longest_rt60", $"found {LongestRt60}, shortest_rt60 ({ShortestRt60}) to 3 seconds are allowed");
        if (Workers < 0)
            yield return ("workers", $"found {Workers}, 0 or more is allowed");
    }
}
