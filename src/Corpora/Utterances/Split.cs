namespace Tmrvc.Corpora;

/// <summary>What an utterance may be used for.</summary>
public enum Split
{
    Train,
    Validation,
    Test,
}
