namespace Tmrvc.ArtifactStore.Tests.Blobs;

internal static class Content
{
    /// <summary>Bytes that follow from a seed.</summary>
    public static byte[] Of(int seed, int length)
    {
        var bytes = new byte[length];
        new Random(seed).NextBytes(bytes);
        return bytes;
    }
}
