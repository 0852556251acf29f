using Tmrvc.ArtifactStore;

namespace Tmrvc.Corpora;

/// <summary>The room that a corpus takes: a download and what it unpacks to.</summary>
internal static class CorpusSpace
{
    /// <param name="toDownload">Bytes that come into <paramref name="folder"/>.</param>
    /// <param name="toExtract">Bytes that come into <paramref name="artifacts"/> later.</param>
    /// <exception cref="StorageException">A device has too little.</exception>
    internal static void Require(string folder, long toDownload, string artifacts, long toExtract)
    {
        if (toDownload == 0)
            return;
        if (StorageDevice.AreOne(folder, artifacts))
        {
            FreeSpace.Require(folder, toDownload + toExtract, Words(toDownload, toExtract));
            return;
        }
        FreeSpace.Require(folder, toDownload, Words(toDownload, 0));
        FreeSpace.Require(artifacts, toDownload + toExtract, Words(0, toDownload + toExtract));
    }

    private static string Words(double toDownload, double toExtract) =>
        $"{FreeSpace.Gigabytes(toDownload)} to download, about {FreeSpace.Gigabytes(toExtract)} unpacked";
}
