using System.Globalization;
using Tmrvc.ArtifactStore;

namespace Tmrvc.Corpora;

/// <summary>Finds out whether something fits before it is begun: a download and what it unpacks to, or an extraction by itself.</summary>
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
        if (StorageDevice.AreOne(folder, artifacts))
        {
            Require(first, toDownload, toExtract);
            return;
        }
        Require(first, toDownload, 0);
        Require(second, 0, toDownload + toExtract);
    }

    /// <param name="bytes">About what will come into the folder.</param>
    /// <exception cref="FetchException">The device has too little.</exception>
    internal static void RequireUnpacked(string folder, long bytes)
    {
        var free = new DriveInfo(folder).AvailableFreeSpace;
        if (bytes > 0 && free < bytes)
            throw new FetchException(
                $"{folder}: about {Gigabytes(bytes)} are needed for what the archives unpack to, {Gigabytes(free)} are free. "
                + "Free some, or put the artifacts on another device");
    }

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
