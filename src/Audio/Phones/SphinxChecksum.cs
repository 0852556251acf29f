using System.Numerics;

namespace Tmrvc.Audio;

/// <summary>The checksum of S3 files: each 32-bit word is added to the sum turned left by 20 bits.</summary>
internal static class SphinxChecksum
{
    /// <summary>Compares the sum of all words since an offset with the word that comes next.</summary>
    internal static void Verify(SphinxBytes bytes, int start)
    {
        var words = bytes.From(start);
        uint sum = 0;
        while (words.Offset < bytes.Offset)
            sum = BitOperations.RotateLeft(sum, 20) + (uint)words.Int32();
        var announced = (uint)bytes.Int32();
        if (announced != sum)
            throw bytes.Broken($"its checksum is {announced:x8}, that of its numbers {sum:x8}");
    }
}
