using System.Globalization;

namespace Tmrvc.ArtifactStore;

/// <summary>Finds out whether something fits on a device before it is begun.</summary>
public static class FreeSpace
{
    /// <param name="folder">That it comes into.</param>
    /// <param name="wherefore">What the bytes are.</param>
    /// <exception cref="StorageException">The device has too little.</exception>
    public static void Require(string folder, double bytes, string wherefore)
    {
        if (bytes <= 0)
            return;
        var device = new DriveInfo(folder);
        var free = device.AvailableFreeSpace;
        if (free < bytes)
            throw new StorageException(
                $"{device.Name}: {Gigabytes(bytes)} are needed ({wherefore}), {Gigabytes(free)} are free. Free some, or put the folder on another device.");
    }

    /// <summary>In megabytes what would read as no gigabyte at all.</summary>
    public static string Gigabytes(double bytes) => bytes is > 0 and < 5e6
        ? (bytes / 1e6).ToString("0.## MB", CultureInfo.InvariantCulture)
        : (bytes / 1e9).ToString("#,0.## GB", CultureInfo.InvariantCulture);
}
