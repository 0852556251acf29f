namespace Tmrvc.Features;

/// <summary>Whose embedding of an utterance tells networks who speaks.</summary>
public enum SpeakerKind
{
    /// <summary>That of the pipeline's own speaker encoder, which a stage trains.</summary>
    Own,

    /// <summary>ECAPA-TDNN's by the network ecapa: extracted with the other features.</summary>
    Ecapa,
}
