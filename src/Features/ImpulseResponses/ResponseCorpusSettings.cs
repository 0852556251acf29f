using Tmrvc.Audio;
using Tmrvc.Configuration;
using Tmrvc.Corpora;

namespace Tmrvc.Features;

/// <summary>How a corpus of impulse responses lays out its files.</summary>
public enum ResponseLayout
{
    Air,
    ButReverbDb,
}

/// <summary>A corpus of measured impulse responses.</summary>
public sealed record ResponseCorpusSettings : IValidated
{
    /// <summary>First part of every response's id.</summary>
    public string Name { get; init; } = "air";

    public ResponseLayout Layout { get; init; } = ResponseLayout.Air;

    public ImpulseResponseSettings Response { get; init; } = new();

    public RoomSplitSettings Split { get; init; } = new();

    /// <summary>Responses at the same time; 0 for as many as there are cores.</summary>
    [RuntimeOnly]
    public int Workers { get; init; }

    internal IResponseLayout CreateLayout() => Layout switch
    {
        ResponseLayout.ButReverbDb => new ButReverbDbLayout(),
        _ => new AirLayout(),
    };

    public IEnumerable<(string Property, string Message)> Mistakes()
    {
        foreach (var mistake in CorpusName.Mistakes(Name))
            yield return mistake;
        if (Workers < 0)
            yield return ("workers", $"found {Workers}, 0 or more is allowed");
    }
}
