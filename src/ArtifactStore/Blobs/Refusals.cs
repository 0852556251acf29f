using System.Globalization;
using System.Xml;
using Azure;

namespace Tmrvc.ArtifactStore.Blobs;

/// <summary>What the server's statuses and codes mean for the next step.</summary>
internal static class Refusals
{
    /// <summary>The code of an answer that callers understand; null when it is an error.</summary>
    public static string? Of(RequestFailedException refused) => (refused.Status, CodeOf(refused)) switch
    {
        (404, "BlobNotFound" or "ResourceNotFound") => "BlobNotFound",
        (404, "UnknownCode") => "BlobNotFound",
        (409, "ContainerBeingDeleted" or "ContainerDisabled" or "AccountBeingCreated") => null,
        (409 or 412 or 416, var code) => code,
        (400, "InvalidBlockList") => "InvalidBlockList",
        _ => null,
    };

    /// <summary>Whether the same request may well succeed a little later.</summary>
    public static bool IsTransient(Exception? failure) => failure switch
    {
        RequestFailedException refused => refused.Status is 0 or 408 or 429 or 500 or 502 or 503 or 504 || IsDamagedOnItsWay(refused),
        HttpRequestException or IOException or TimeoutException => true,
        XmlException or FormatException => true, // a list of the server, damaged on its way
        AggregateException { InnerException: { } inner } => IsTransient(inner),
        _ => false,
    };

    /// <summary>For how long the server wants to be left alone.</summary>
    public static TimeSpan? RetryAfter(RequestFailedException refused, TimeProvider clock)
    {
        if (refused.GetRawResponse()?.Headers is not { } headers || !headers.TryGetValue("Retry-After", out var text))
            return null;
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds))
            return TimeSpan.FromSeconds(seconds);
        return DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, out var until) && until > clock.GetUtcNow()
            ? until - clock.GetUtcNow()
            : null;
    }

    /// <summary>The server's own code, as far as it is a plain word.</summary>
    public static string CodeOf(RequestFailedException refused) =>
        refused.ErrorCode is { Length: > 0 and <= 64 } code && code.All(char.IsAsciiLetterOrDigit) ? code : "UnknownCode";

    // The codes for a body whose MD5 is not the one announced, or that is no XML any more; the emulator has one of its own.
    private static bool IsDamagedOnItsWay(RequestFailedException refused) =>
        refused.Status == 400 && CodeOf(refused) is "Md5Mismatch" or "InvalidMd5" or "InvalidXmlDocument" or "InvalidOperation";
}
