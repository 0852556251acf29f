using System.Globalization;

namespace Tmrvc.Corpora;

/// <summary>Finds out before a download whether it fits, unpacked files included.</summary>
internal static class FreeSpace
{
    /// <param name="toDownload">Bytes that come into <paramref name="folder"/>.</param>
    /// <param name="toExtract">Bytes that come into <paramref name="artifacts"/> later.</param>
    /// <exception cref="FetchException">A device has too little.</exception>
    internal static void Require(string folder, long toDownload, string artifacts, long toExtract)
    {
        if (toDownload == 0)
            return;
        var (first, second) = (new DriveInfo(folder), new DriveInfo(artifacts));
        if (AreOne(first, second))
        {
            Require(first, toDownload, toExtract);
            return;
        }
        Require(first, toDownload, 0);
        Require(second, 0, toDownload + toExtract);
    }

    /// <summary>Two devices with the same size and the same free space are taken for one.</summary>
    private static bool AreOne(DriveInfo first, DriveInfo second) =>
        first.TotalSize == second.TotalSize && first.AvailableFreeSpace == second.AvailableFreeSpace;

    private static void Require(DriveInfo drive, long toDownload, long toExtract)
    {
        var free = drive.AvailableFreeSpace;
        if (free < toDownload + toExtract)
            throw new FetchException(
                $"{drive.Name}: {Gigabytes(toDownload + toExtract)} are needed ({Gigabytes(toDownload)} to download, about "
                + $"{Gigabytes(toExtract)} unpacked), {Gigabytes(free)} are free. Free some, or put the folder on another device");
    }

    private static string Gigabytes(long bytes) => (bytes / 1e9).ToString("#,0.## GB", CultureInfo.InvariantCulture);
}
