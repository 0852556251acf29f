using Tmrvc.Audio;

namespace Tmrvc.Training;

/// <summary>Something of a network that people look at or listen to while it is trained.</summary>
/// <param name="Name">With slashes between what belongs together.</param>
public abstract record Exhibit(string Name)
{
    /// <param name="LogMel">[bands, T], time contiguous.</param>
    public sealed record Mel(string Name, float[] LogMel, int Bands) : Exhibit(Name);

    public sealed record Sound(string Name, AudioBuffer Audio) : Exhibit(Name);
}
