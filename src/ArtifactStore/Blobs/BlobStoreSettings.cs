using Tmrvc.Configuration;

namespace Tmrvc.ArtifactStore.Blobs;

/// <summary>How hard a blob store is used, and how patiently. Nothing here changes what is stored.</summary>
public sealed record BlobStoreSettings : IValidated
{
    /// <summary>Bodies on the way at once, over everything that is pushed and pulled. Each holds up to 16 MiB of memory.</summary>
    public int Parallelism { get; init; } = 8;

    /// <summary>Tries of one request before the store counts as unreachable.</summary>
    public int Attempts { get; init; } = 6;

    /// <summary>Tries while the store has never answered: a build must not wait long for a network that is not there.</summary>
    public int FirstAttempts { get; init; } = 3;

    /// <summary>Mean pause before the second try; it doubles from try to try, with jitter. A Retry-After of the server takes its place.</summary>
    public TimeSpan FirstPause { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>Longest pause, also when the server asks for more.</summary>
    public TimeSpan LongestPause { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>A try in which nothing moves for this long is given up.</summary>
    public TimeSpan Stall { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>For how long the server holds a lease that is not renewed: 15 to 60 s.</summary>
    public TimeSpan LeaseDuration { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Less than half of <see cref="LeaseDuration"/>, so that one missed renewal loses nothing.</summary>
    public TimeSpan LeaseRenewal { get; init; } = TimeSpan.FromSeconds(15);

    public IEnumerable<(string Property, string Message)> Mistakes()
    {
        if (Parallelism is < 1 or > 64)
            yield return ("parallelism", $"{Parallelism} found; 1 to 64 are allowed.");
        if (Attempts < 1 || FirstAttempts < 1)
            yield return ("attempts", $"{Attempts} and {FirstAttempts} found; 1 or more are allowed.");
        if (FirstPause < TimeSpan.Zero || LongestPause < FirstPause)
            yield return ("longest_pause", $"{FirstPause} to {LongestPause} found; the first pause may not exceed the longest.");
        if (Stall <= TimeSpan.Zero)
            yield return ("stall", $"{Stall} found; a positive time is allowed.");
        if (LeaseDuration < TimeSpan.FromSeconds(15) || LeaseDuration > TimeSpan.FromSeconds(60))
            yield return ("lease_duration", $"{LeaseDuration} found; 15 to 60 s are allowed.");
        if (LeaseRenewal <= TimeSpan.Zero || LeaseRenewal * 2 >= LeaseDuration)
            yield return ("lease_renewal", $"{LeaseRenewal} found; less than half of the lease's {LeaseDuration} is allowed.");
    }
}
