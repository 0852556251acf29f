using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;

namespace Tmrvc.ArtifactStore;

/// <summary>A SHA-256 (FIPS 180-4). Of a file it is the plain hash of its bytes, as <c>sha256sum</c> prints it.</summary>
public readonly record struct ContentHash : IComparable<ContentHash>
{
    public const int ByteCount = 32;

    private readonly ulong _first, _second, _third, _fourth;

    /// <param name="bytes">[32]</param>
    public ContentHash(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length != ByteCount)
            throw new ArgumentException($"Content hash: {bytes.Length} bytes found, {ByteCount} allowed.", nameof(bytes));
        _first = BinaryPrimitives.ReadUInt64BigEndian(bytes);
        _second = BinaryPrimitives.ReadUInt64BigEndian(bytes[8..]);
        _third = BinaryPrimitives.ReadUInt64BigEndian(bytes[16..]);
        _fourth = BinaryPrimitives.ReadUInt64BigEndian(bytes[24..]);
    }

    public static ContentHash Of(ReadOnlySpan<byte> content)
    {
        Span<byte> hash = stackalloc byte[ByteCount];
        SHA256.HashData(content, hash);
        return new ContentHash(hash);
    }

    /// <exception cref="FormatException">Not 64 hexadecimal digits.</exception>
    public static ContentHash Parse(string text) =>
        TryParse(text, out var hash) ? hash : throw new FormatException($"Content hash '{text}': 64 hexadecimal digits are allowed.");

    public static bool TryParse([NotNullWhen(true)] string? text, out ContentHash hash)
    {
        Span<byte> bytes = stackalloc byte[ByteCount];
        hash = default;
        if (text?.Length != 2 * ByteCount || Convert.FromHexString(text, bytes, out _, out _) != System.Buffers.OperationStatus.Done)
            return false;
        hash = new ContentHash(bytes);
        return true;
    }

    /// <param name="ascii">64 hexadecimal digits.</param>
    internal static bool TryParse(ReadOnlySpan<byte> ascii, out ContentHash hash)
    {
        Span<byte> bytes = stackalloc byte[ByteCount];
        var isHash = ascii.Length == 2 * ByteCount && Convert.FromHexString(ascii, bytes, out _, out _) == System.Buffers.OperationStatus.Done;
        hash = isHash ? new ContentHash(bytes) : default;
        return isHash;
    }

    public void CopyTo(Span<byte> bytes)
    {
        BinaryPrimitives.WriteUInt64BigEndian(bytes, _first);
        BinaryPrimitives.WriteUInt64BigEndian(bytes[8..], _second);
        BinaryPrimitives.WriteUInt64BigEndian(bytes[16..], _third);
        BinaryPrimitives.WriteUInt64BigEndian(bytes[24..], _fourth);
    }

    /// <summary>The first twelve digits, for people.</summary>
    public string Short => ToString()[..12];

    /// <summary>64 lower-case hexadecimal digits.</summary>
    public override string ToString()
    {
        Span<byte> bytes = stackalloc byte[ByteCount];
        CopyTo(bytes);
        return Convert.ToHexStringLower(bytes);
    }

    /// <summary>Writes <see cref="ToString"/> as ASCII into the first 64 bytes.</summary>
    internal void Format(Span<byte> ascii)
    {
        Span<byte> bytes = stackalloc byte[ByteCount];
        CopyTo(bytes);
        Convert.TryToHexStringLower(bytes, ascii, out _);
    }

    public int CompareTo(ContentHash other) =>
        (_first, _second, _third, _fourth).CompareTo((other._first, other._second, other._third, other._fourth));
}
