namespace Tmrvc.Features;

public enum ContentKind
{
    /// <summary>Mel-frequency cepstra and their slopes: 60 numbers.</summary>
    Cepstra,

    /// <summary>ContentVec by the network contentvec: 768 numbers.</summary>
    ContentVec,
}
