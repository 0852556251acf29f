using System.IO.Hashing;

namespace Tmrvc.Corpora;

/// <summary>A file that an interrupted run has unpacked, whole or torn.</summary>
internal static class UnpackedFile
{
    private const int BufferLength = 256 * 1024;

    /// <summary>Room that is taken already and will be used again.</summary>
    internal static long BytesBelow(string folder) => new DirectoryInfo(folder).EnumerateFiles("*", SearchOption.AllDirectories).Sum(file => file.Length);

    /// <summary>CRC-32 of its bytes, as zip has it.</summary>
    internal static uint Crc(string path)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, BufferLength, FileOptions.SequentialScan);
        var crc = new Crc32();
        crc.Append(file);
        return crc.GetCurrentHashAsUInt32();
    }
}
