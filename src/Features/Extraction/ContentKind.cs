namespace Tmrvc.Features;

public enum ContentKind
{
    /// <summary>Mel-frequency cepstra and their slopes: 60 numbers.</summary>
    Cepstra,

    /// <summary>Posteriors of phones by PocketSphinx's acoustic model: 42 numbers.</summary>
    Phones,

    /// <summary>ContentVec by the network contentvec: 768 numbers.</summary>
    ContentVec,
}
