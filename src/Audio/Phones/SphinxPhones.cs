using System.Buffers.Binary;

namespace Tmrvc.Audio;

/// <summary>What the binary model definition (mdef) says of the phones without context.</summary>
/// <param name="Names">Such as AA, SIL, +NSN+; the codebook of a phone has its index.</param>
/// <param name="States">States a phone; state s of phone p is senone p · States + s.</param>
/// <param name="Senones">All, those in context included.</param>
internal sealed record SphinxPhones(IReadOnlyList<string> Names, int States, int Senones)
{
    private static readonly uint ByteOrder = BinaryPrimitives.ReadUInt32LittleEndian("BMDF"u8);

    private const int KnownVersion = 1;

    /// <exception cref="UnusableAcousticModelException">The file is missing, cut short, or of another kind.</exception>
    internal static SphinxPhones Read(string path)
    {
        var bytes = SphinxBytes.Open(path).Ordered(ByteOrder);
        var version = bytes.Int32();
        if (version > KnownVersion)
            throw bytes.Broken($"its version is {version}, up to {KnownVersion} is allowed");
        bytes.Take(bytes.Int32());
        var phones = bytes.Count("phones", 1000);
        bytes.Int32();
        var states = bytes.Count("states a phone", 16);
        var ownSenones = bytes.Count("senones without context", 16_000);
        if (ownSenones != phones * states)
            throw bytes.Broken($"{phones} phones of {states} states have {ownSenones} senones, {phones * states} are allowed");
        var senones = bytes.Count("senones", 1_000_000);
        bytes.Take(5 * sizeof(int));
        return new([.. Enumerable.Range(0, phones).Select(_ => bytes.TextTo('\0'))], states, senones);
    }
}
