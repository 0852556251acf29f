namespace Tmrvc.Models;

/// <summary>Where a teacher's conditions enter, beside the cross-attention to content that every teacher has.</summary>
public enum ConditionPath
{
    /// <summary>FiLM at the bottleneck only; F0 as its mean over the utterance. Weights of this kind can be exchanged by name.</summary>
    Bottleneck,

    /// <summary>
    /// Content, F0 and the voiced flag are also added frame by frame to the input and to every level,
    /// and every residual block is modulated by time, speaker and impulse response.
    /// </summary>
    EveryLevel,
}
