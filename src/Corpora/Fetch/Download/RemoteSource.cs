using System.Net;
using System.Net.Http.Headers;

namespace Tmrvc.Corpora;

/// <summary>One address of a file: asks for all of it or parts. Each method is one request.</summary>
internal sealed class RemoteSource(HttpClient http, Uri address, RangedTransferSettings settings, TimeProvider clock)
{
    private readonly TimeSpan _stall = TimeSpan.FromSeconds(settings.StallSeconds);
    private readonly TimeSpan _longestPause = TimeSpan.FromSeconds(settings.LongestPauseSeconds);

    internal Uri Address => address;

    /// <returns>Null when the server does not give parts.</returns>
    /// <exception cref="TransferException">Another attempt may help.</exception>
    /// <exception cref="MirrorException">None will.</exception>
    internal async Task<RemoteVersion?> ProbeAsync(CancellationToken cancellation)
    {
        using var response = await SendAsync(new RangeHeaderValue(0, 0), cancellation);
        if (response.StatusCode == HttpStatusCode.RequestedRangeNotSatisfiable)
            return null;
        ServerAnswer.Require(response, _longestPause, clock);
        return response.StatusCode == HttpStatusCode.PartialContent ? RemoteVersion.OfPart(response) : null;
    }

    /// <param name="from">First byte.</param>
    /// <param name="to">Behind the last byte.</param>
    /// <exception cref="RemoteChangedException">The file is not <paramref name="version"/> any more.</exception>
    /// <exception cref="TransferException">Another attempt may help.</exception>
    /// <exception cref="MirrorException">None will.</exception>
    internal async Task<GuardedBody> OpenAsync(long from, long to, RemoteVersion version, CancellationToken cancellation)
    {
        var response = await SendAsync(new RangeHeaderValue(from, to - 1), cancellation);
        try
        {
            RequirePart(response, from, version);
            return new GuardedBody(response, _stall, clock);
        }
        catch
        {
            response.Dispose();
            throw;
        }
    }

    /// <returns>The body from its first byte, and its length where the server gives it.</returns>
    /// <exception cref="TransferException">Another attempt may help.</exception>
    /// <exception cref="MirrorException">None will.</exception>
    internal async Task<(GuardedBody Body, long? Length)> OpenWholeAsync(CancellationToken cancellation)
    {
        var response = await SendAsync(null, cancellation);
        try
        {
            ServerAnswer.Require(response, _longestPause, clock);
            return (new GuardedBody(response, _stall, clock), response.Content.Headers.ContentLength);
        }
        catch
        {
            response.Dispose();
            throw;
        }
    }

    private void RequirePart(HttpResponseMessage response, long from, RemoteVersion version)
    {
        if (response.StatusCode == HttpStatusCode.RequestedRangeNotSatisfiable)
            throw new RemoteChangedException($"it no longer has byte {from}, it had {version}");
        ServerAnswer.Require(response, _longestPause, clock);
        if (RemoteVersion.OfPart(response) is not { } now)
            throw new TransferException("the server gives the whole file where a part was asked for");
        if (now != version)
            throw new RemoteChangedException($"it was {version} and is now {now}");
        if (response.Content.Headers.ContentRange!.From != from)
            throw new TransferException($"the server gives bytes from {response.Content.Headers.ContentRange.From} where {from} was asked for");
    }

    private async Task<HttpResponseMessage> SendAsync(RangeHeaderValue? range, CancellationToken cancellation)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        request.Headers.Range = range;
        request.Headers.AcceptEncoding.ParseAdd("identity");
        using var stalled = new CancellationTokenSource(_stall, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, stalled.Token);
        try
        {
            return await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, either.Token);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            throw new TransferException(FormattableString.Invariant($"no answer for {_stall.TotalSeconds:0.##} s"));
        }
        catch (HttpRequestException cause)
        {
            throw new TransferException(cause.Message, cause);
        }
    }
}
