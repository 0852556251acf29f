using System.Globalization;
using Tmrvc.ArtifactStore;

namespace Tmrvc.Features;

/// <summary>Finds out before hours of extraction whether the features will fit.</summary>
internal static class FeatureSpace
{
    /// <summary>The results of the items, and the shards made of them.</summary>
    private const int Copies = 2;

    /// <param name="folder">On the device that the features come to.</param>
    /// <param name="seconds">Of speech that has no features yet.</param>
    /// <exception cref="StorageException">The device has too little.</exception>
    internal static void Require(string folder, double seconds, double bytesPerSecond)
    {
        var device = new DriveInfo(folder);
        var needed = Copies * seconds * bytesPerSecond;
        if (device.AvailableFreeSpace < needed)
            throw new StorageException(string.Create(
                CultureInfo.InvariantCulture,
                $"{device.Name}: {Gigabytes(needed)} are needed (about {Gigabytes(bytesPerSecond * 3600)} for each of {seconds / 3600:#,0.#} hours of speech, twice), "
                + $"{Gigabytes(device.AvailableFreeSpace)} are free. Free some, or put the folder on another device"));
    }

    private static string Gigabytes(double bytes) => (bytes / 1e9).ToString("#,0.## GB", CultureInfo.InvariantCulture);
}
