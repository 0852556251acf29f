using System.Text;

namespace Tmrvc.FaultProxy;

/// <summary>What a blob server in trouble says, in Azure's words.</summary>
internal static class Answers
{
    /// <summary>A HEAD request is answered without a body.</summary>
    public static HttpMessage For(Fault fault, HttpMessage request) => request.IsHead ? Spoken(fault, request) with { Body = [] } : Spoken(fault, request);

    private static HttpMessage Spoken(Fault fault, HttpMessage request) => fault.Kind switch
    {
        FaultKind.TooManyRequests => Error(429, "TooManyRequests").With("Retry-After", $"{fault.RetryAfter}"),
        FaultKind.Unavailable => Error(503, "ServerBusy").With("Retry-After", $"{fault.RetryAfter}"),
        FaultKind.InternalError or FaultKind.InternalErrorAfterwards => Error(500, "InternalError"),
        FaultKind.MissingBlob => Error(404, "BlobNotFound"),
        FaultKind.MissingContainer => Error(404, "ContainerNotFound"),
        FaultKind.Revoked => Error(403, "AuthenticationFailed", $"Signature did not match. Request: {request.StartLine} {request["Authorization"]}"),
        _ => throw new ArgumentOutOfRangeException(nameof(fault)),
    };

    private static HttpMessage Error(int status, string code, string? detail = null)
    {
        var details = detail is null ? "" : $"<AuthenticationErrorDetail>{detail.Replace("&", "&amp;")}</AuthenticationErrorDetail>";
        var body = $"<?xml version=\"1.0\" encoding=\"utf-8\"?><Error><Code>{code}</Code><Message>{code}.</Message>{details}</Error>";
        return new HttpMessage($"HTTP/1.1 {status} {code}", [new("x-ms-error-code", code), new("Content-Type", "application/xml")], [])
            .WithBody(Encoding.UTF8.GetBytes(body));
    }
}
