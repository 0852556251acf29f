using System.Formats.Tar;
using System.IO.Compression;
using System.Security.Cryptography;

namespace Tmrvc.Build.Tests.Corpora;

/// <summary>Archives as the corpora publish them, made of trees.</summary>
internal static class CorpusArchives
{
    /// <summary>VCTK and JVS: one zip of everything.</summary>
    public static string Zip(string tree, string archive)
    {
        ZipFile.CreateFromDirectory(tree, archive);
        return archive;
    }

    /// <summary>LibriTTS-R: a tar.gz for each subset, each with the corpus' own files.</summary>
    public static string TarGz(string tree, string subset, string archive)
    {
        using var packed = new GZipStream(File.Create(archive), CompressionLevel.Fastest);
        using var tar = new TarWriter(packed, TarEntryFormat.Ustar);
        foreach (var path in Directory.EnumerateFiles(tree, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
        {
            var name = Path.GetRelativePath(tree, path).Replace('\\', '/');
            if (name.Split('/') is [_, _] || name.StartsWith($"LibriTTS_R/{subset}/", StringComparison.Ordinal))
                tar.WriteEntry(path, name);
        }
        return archive;
    }

    /// <summary>A line of <c>fetch.files</c> with what is published of an archive.</summary>
    public static string Declared(string archive, bool bySha256) =>
        $"{{name: {Path.GetFileName(archive)}, bytes: {new FileInfo(archive).Length}, " + (bySha256
            ? $"sha256: '{Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(archive)))}'}}"
            : $"md5: '{Convert.ToHexStringLower(MD5.HashData(File.ReadAllBytes(archive)))}'}}");
}
