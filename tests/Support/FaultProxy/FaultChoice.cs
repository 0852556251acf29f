namespace Tmrvc.FaultProxy;

/// <summary>The kinds of faults that make sense for a request.</summary>
public static class FaultChoice
{
    private static readonly FaultKind[] Anywhere =
    [
        FaultKind.ResetBeforeRequest, FaultKind.ResetBeforeResponse, FaultKind.TooManyRequests, FaultKind.InternalError,
        FaultKind.InternalErrorAfterwards, FaultKind.Unavailable, FaultKind.Stall, FaultKind.Revoked, FaultKind.MissingContainer,
    ];

    private static readonly FaultKind[] WithinAnswers =
    [
        .. Anywhere, FaultKind.ResetWithinResponse, FaultKind.TruncatedResponse, FaultKind.ShortenedResponse, FaultKind.FlippedResponse,
        FaultKind.FlippedResponse, FaultKind.StallWithinResponse, FaultKind.Trickle,
    ];

    private static readonly FaultKind[] WithinRequests = [.. Anywhere, FaultKind.ResetWithinRequest, FaultKind.FlippedRequest, FaultKind.FlippedRequest];
    private static readonly FaultKind[] WithinContent = [.. WithinAnswers, FaultKind.MissingBlob];

    /// <summary>What a client cannot tell from the truth is left out: a record that is not there is one to be made.</summary>
    public static IReadOnlyList<FaultKind> Of(ProxiedRequest request) => request switch
    {
        { BodyLength: > 0 } => WithinRequests,
        { Kind: "GET packs" or "GET objects" or "GET sets" or "GET blocklist objects" } => WithinContent,
        { Method: "GET" } => WithinAnswers,
        _ => Anywhere,
    };
}
