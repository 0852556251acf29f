using System.Globalization;
using System.Net;
using System.Net.Http.Headers;

namespace Tmrvc.Corpora;

/// <summary>What an answer other than the file means for the download.</summary>
internal static class ServerAnswer
{
    /// <exception cref="TransferException">The server may answer otherwise later.</exception>
    /// <exception cref="MirrorException">It will not, or not soon enough.</exception>
    internal static void Require(HttpResponseMessage response, TimeSpan longestPause, TimeProvider clock)
    {
        if (response.IsSuccessStatusCode)
            return;
        var said = string.Create(CultureInfo.InvariantCulture, $"the server answers {(int)response.StatusCode} {response.ReasonPhrase}");
        if (!MayPass(response.StatusCode))
            throw new MirrorException(said);
        var wait = Pause(response.Headers.RetryAfter, clock);
        if (wait > longestPause)
            throw new MirrorException(string.Create(
                CultureInfo.InvariantCulture, $"{said} and asks to wait {wait.Value.TotalSeconds:0} s, {longestPause.TotalSeconds:0} s are allowed"));
        throw new TransferException(said) { RetryAfter = wait };
    }

    private static bool MayPass(HttpStatusCode status) =>
        status is HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests or (HttpStatusCode)425 || (int)status is >= 500 and < 600;

    private static TimeSpan? Pause(RetryConditionHeaderValue? asked, TimeProvider clock) => asked switch
    {
        { Delta: { } delta } => delta,
        { Date: { } date } => date > clock.GetUtcNow() ? date - clock.GetUtcNow() : TimeSpan.Zero,
        _ => null,
    };
}
