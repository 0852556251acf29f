namespace Tmrvc.Build.Caches;

/// <summary>
/// Names the processes of one checkout on one running system, which the file locks of the checkout keep apart. A copy of the checkout,
/// another container, another machine and this machine after a restart are somebody else.
/// </summary>
internal static class LeaseHolder
{
    private const string Boot = "/proc/sys/kernel/random/boot_id", Mounts = "/proc/self/ns/mnt";

    /// <param name="root">Absolute path of the checkout.</param>
    /// <returns>Null where the system cannot tell.</returns>
    public static string? Of(string root)
    {
        try
        {
            return File.Exists(Boot) ? $"{File.ReadAllText(Boot).Trim()} {new FileInfo(Mounts).LinkTarget} {root}" : null;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
