using System.Net.Sockets;
using Azure;
using Azure.Identity;

namespace Tmrvc.ArtifactStore.Blobs;

/// <summary>
/// Says in our own words what went wrong. The server's and the library's texts may hold signatures and tokens, so nothing of them but the
/// status and the code is passed on, nor the exceptions themselves.
/// </summary>
internal static class StoreFaults
{
    /// <summary>Whether the exception is to be described; others pass as they are.</summary>
    public static bool Concerns(Exception exception) =>
        exception is not (OperationCanceledException or WrongBodyException or SharedStoreException or StorageException);

    public static SharedStoreException Refused(string store, string what, string code) => code switch
    {
        "BlobNotFound" => new($"{store}: {what}: it is gone. Run again.", SharedStoreFault.Unreachable),
        "LeaseIdMismatchWithBlobOperation" or "LeaseIdMismatchWithLeaseOperation" or "LeaseLost" or "LeaseNotPresentWithBlobOperation"
            or "LeaseNotPresentWithLeaseOperation" or "LeaseIsBreakingAndCannotBeAcquired" or "LeaseIsBrokenAndCannotBeRenewed" =>
            new($"{store}: {what}: the lease was lost to another machine ({code}).", SharedStoreFault.LeaseLost),
        _ => new($"{store}: {what}: refused ({code}). Look whether another program writes to this container.", SharedStoreFault.Unreachable),
    };

    /// <param name="hasAnswered">Whether the store has been used by this process; then a log-in that fails may well succeed later.</param>
    public static SharedStoreException Describe(string store, string what, Exception cause, bool hasAnswered)
    {
        var (words, fault) = cause is AuthenticationFailedException && hasAnswered ? LoginNotRenewed : Words(cause);
        return new SharedStoreException($"{store}: {what}: {words}", fault);
    }

    private static readonly (string Words, SharedStoreFault Fault) LoginNotRenewed =
        ("the log-in could not be renewed. Check the network, and whether you are still signed in (az login).", SharedStoreFault.Unreachable);

    private static (string Words, SharedStoreFault Fault) Words(Exception cause) => cause switch
    {
        RequestFailedException { Status: > 0 } refused => Words(refused.Status, Refusals.CodeOf(refused)),
        AuthenticationFailedException => (
            "no identity is signed in that Azure accepts. Sign in (az login), set AZURE_CLIENT_ID and the like, or give a shared access signature.",
            SharedStoreFault.NoPermission),
        TimeoutException => ($"{cause.Message}, at every try. Check the network.", SharedStoreFault.Unreachable),
        _ when Innermost(cause) is SocketException { SocketErrorCode: SocketError.HostNotFound or SocketError.NoData or SocketError.TryAgain } => (
            "the host name is not known. Check the account's name, and the network.", SharedStoreFault.Unreachable),
        _ when Innermost(cause) is SocketException broken => (
            $"no connection ({broken.SocketErrorCode}), at every try. Check the network.", SharedStoreFault.Unreachable),
        _ when Innermost(cause) is IOException or HttpRequestException or System.Security.Authentication.AuthenticationException => (
            $"the connection failed ({Innermost(cause).GetType().Name}), at every try. Check the network.", SharedStoreFault.Unreachable),
        _ => ($"the answer could not be understood ({cause.GetType().Name}). Is this a container of Azure Blob Storage?",
            SharedStoreFault.Unreachable),
    };

    private static (string Words, SharedStoreFault Fault) Words(int status, string code) => status switch
    {
        401 or 403 => ($"not permitted ({status} {code}). {Permission(code)}", SharedStoreFault.NoPermission),
        404 or 409 => ($"there is no such container ({status} {code}). Create it, or check the name.", SharedStoreFault.NoSuchStore),
        429 or 503 => ($"the server is busy ({status} {code}), at every try. Run again later.", SharedStoreFault.Unreachable),
        >= 500 => ($"the server failed ({status} {code}), at every try. Run again later.", SharedStoreFault.Unreachable),
        _ => ($"refused ({status} {code}). Check the location and the credential.", SharedStoreFault.Unreachable),
    };

    private static string Permission(string code) => code switch
    {
        "AuthenticationFailed" => "The signature or key is wrong or has expired: make a new one, and check this machine's clock.",
        "AuthorizationPermissionMismatch" or "AuthorizationResourceTypeMismatch" or "AuthorizationServiceMismatch" =>
            "The credential lacks the right: read, and to push also write and create, are needed.",
        _ => "Check what the credential may do with this container, whether it has expired, and this machine's clock.",
    };

    private static Exception Innermost(Exception cause) => cause is AggregateException { InnerExceptions: [var first, ..] }
        ? Innermost(first)
        : cause.InnerException is { } inner ? Innermost(inner) : cause;
}
