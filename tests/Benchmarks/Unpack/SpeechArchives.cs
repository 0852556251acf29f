using System.Formats.Tar;
using System.IO.Compression;
using System.Text;

namespace Tmrvc.Benchmarks.Unpack;

/// <summary>
/// A tar.gz and a zip of the same 20,000 files, half of them of the size of utterances and as hard to compress, half of them transcripts.
/// </summary>
internal static class SpeechArchives
{
    internal const string TarGz = "speech.tar.gz", Zip = "speech.zip";
    internal const int Files = 20_000;

    private const int UtteranceLength = 120_000;

    /// <summary>Makes them, unless they are there.</summary>
    internal static void Create(string folder)
    {
        if (File.Exists(Path.Combine(folder, Zip)))
            return;
        using (var tar = new TarWriter(new GZipStream(File.Create(Path.Combine(folder, TarGz)), CompressionLevel.Fastest), TarEntryFormat.Ustar))
            foreach (var (name, content) in Entries())
                tar.WriteEntry(new UstarTarEntry(TarEntryType.RegularFile, name) { DataStream = new MemoryStream(content) });
        var unfinished = Path.Combine(folder, "unfinished");
        using (var zip = new ZipArchive(File.Create(unfinished), ZipArchiveMode.Create))
            foreach (var (name, content) in Entries())
                using (var entry = zip.CreateEntry(name, CompressionLevel.Fastest).Open())
                    entry.Write(content);
        File.Move(unfinished, Path.Combine(folder, Zip));
    }

    private static IEnumerable<(string Name, byte[] Content)> Entries()
    {
        var random = new Random(1);
        for (var i = 0; i < Files / 2; i++)
        {
            var name = $"LibriTTS_R/train-clean-100/{i / 200}/{i / 50}/{i / 200}_{i / 50}_{i:000000}_000000";
            var samples = new byte[UtteranceLength + i % 1000 * 2];
            random.NextBytes(samples);
            for (var high = 1; high < samples.Length; high += 2)
                samples[high] &= 7;
            yield return (name + ".wav", samples);
            yield return (name + ".normalized.txt", Encoding.UTF8.GetBytes($"Utterance {i}, and what was said in it."));
        }
    }
}
