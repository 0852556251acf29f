namespace Tmrvc.Corpora;

/// <summary>Reads an archive through, whichever of the two kinds it is.</summary>
internal static class ArchiveReader
{
    /// <param name="name">For messages and to tell entries of archives apart.</param>
    /// <param name="workers">Entries read at the same time, where the format allows.</param>
    /// <returns>Null where the archive has an index, by which what is there already is found.</returns>
    /// <exception cref="ArchiveException">It is damaged, cut short, refused, or no archive.</exception>
    internal static ReadThrough? Read(string path, string name, IEntrySink sink, int workers, CancellationToken cancellation)
    {
        switch (KindOf(path))
        {
            case ArchiveKind.Zip:
                new ZipReader(path, name, sink).Read(workers, cancellation);
                return null;
            case ArchiveKind.TarGz:
                return new TarGzReader(path, name, sink).Read(cancellation);
            default:
                throw new ArchiveException($"{name}: begins neither as a zip nor as a gzip file does; .zip and .tar.gz are unpacked");
        }
    }

    private static ArchiveKind KindOf(string path)
    {
        Span<byte> start = stackalloc byte[4];
        using var file = File.OpenHandle(path);
        return start[..RandomAccess.Read(file, start, 0)] switch
        {
            [(byte)'P', (byte)'K', _, _] => ArchiveKind.Zip,
            [0x1F, 0x8B, _, _] => ArchiveKind.TarGz,
            _ => ArchiveKind.Other,
        };
    }

    private enum ArchiveKind
    {
        Other,
        Zip,
        TarGz,
    }
}
