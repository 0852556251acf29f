namespace Tmrvc.FaultProxy;

/// <summary>What can go wrong with one request. Those that need a body leave a request without one alone.</summary>
public enum FaultKind
{
    /// <summary>The connection is reset before the server hears of the request.</summary>
    ResetBeforeRequest,

    /// <summary>The server gets a part of the body; then the connection is reset.</summary>
    ResetWithinRequest,

    /// <summary>The server has done its work; its answer is lost by a reset.</summary>
    ResetBeforeResponse,

    /// <summary>A part of the answer's body, then a reset.</summary>
    ResetWithinResponse,

    /// <summary>A part of the answer's body, then the end of the connection.</summary>
    TruncatedResponse,

    /// <summary>A part of the answer's body, with a length that fits it.</summary>
    ShortenedResponse,

    /// <summary>One bit of what is sent is another.</summary>
    FlippedRequest,

    /// <summary>One bit of what comes back is another.</summary>
    FlippedResponse,

    /// <summary>429 with Retry-After.</summary>
    TooManyRequests,

    /// <summary>500; nothing was done.</summary>
    InternalError,

    /// <summary>500, though it was done.</summary>
    InternalErrorAfterwards,

    /// <summary>503 with Retry-After.</summary>
    Unavailable,

    /// <summary>No answer, until the client gives up.</summary>
    Stall,

    /// <summary>A part of the answer's body and nothing more, until the client gives up.</summary>
    StallWithinResponse,

    /// <summary>The answer's body in 32 pieces with pauses between them.</summary>
    Trickle,

    /// <summary>404: there is no such blob.</summary>
    MissingBlob,

    /// <summary>404: there is no such container.</summary>
    MissingContainer,

    /// <summary>403, with the server's account of the signature it was given, as Azure sends it.</summary>
    Revoked,
}
