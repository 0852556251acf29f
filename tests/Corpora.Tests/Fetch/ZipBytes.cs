using System.Buffers.Binary;

namespace Tmrvc.Corpora.Tests.Fetch;

/// <summary>Zips of one entry, with lies in their directories. Offsets are those of PKWARE's APPNOTE, 4.3.12 and 4.3.16.</summary>
internal static class ZipBytes
{
    private const int EndLength = 22, DirectoryOffsetAt = 16, DirectoryLengthAt = 12, CountAt = 10, CountHereAt = 8;
    private const int FlagsAt = 8, LengthAt = 24, NameAt = 46;

    internal static byte[] WithLength(byte[] zip, int length)
    {
        BinaryPrimitives.WriteInt32LittleEndian(zip.AsSpan(Directory(zip) + LengthAt), length);
        return zip;
    }

    internal static byte[] Encrypted(byte[] zip)
    {
        zip[Directory(zip) + FlagsAt] |= 1;
        return zip;
    }

    /// <summary>So many entries, named a, b, c…, all with the bytes of the one.</summary>
    internal static byte[] WithSharedEntries(byte[] zip, int count)
    {
        var (directory, end) = (Directory(zip), zip.Length - EndLength);
        var record = zip[directory..end];
        var records = Enumerable.Range(0, count).SelectMany(i => (byte[])[.. record[..NameAt], (byte)('a' + i), .. record[(NameAt + 1)..]]).ToArray();
        var tail = zip[end..];
        BinaryPrimitives.WriteInt32LittleEndian(tail.AsSpan(DirectoryLengthAt), records.Length);
        BinaryPrimitives.WriteInt16LittleEndian(tail.AsSpan(CountAt), (short)count);
        BinaryPrimitives.WriteInt16LittleEndian(tail.AsSpan(CountHereAt), (short)count);
        return [.. zip[..directory], .. records, .. tail];
    }

    private static int Directory(byte[] zip) => BinaryPrimitives.ReadInt32LittleEndian(zip.AsSpan(zip.Length - EndLength + DirectoryOffsetAt));
}
