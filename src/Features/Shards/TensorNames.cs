namespace Tmrvc.Features;

/// <summary>How the tensors of one utterance are called in a shard.</summary>
internal static class TensorNames
{
    internal static string LogMel(string utterance) => $"{utterance}/log_mel";

    internal static string Content(string utterance) => $"{utterance}/content";

    internal static string F0(string utterance) => $"{utterance}/f0";

    internal static string Speaker(string utterance) => $"{utterance}/speaker";
}
