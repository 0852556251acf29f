namespace Tmrvc.Training;

internal static class DurableFile
{
    /// <summary>Writes a file and waits until it is on the disk.</summary>
    public static void Write(string path, ReadOnlySpan<byte> content)
    {
        using var stream = new FileStream(path, FileMode.Create, FileAccess.Write);
        stream.Write(content);
        stream.Flush(flushToDisk: true);
    }
}
