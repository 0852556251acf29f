using Tmrvc.ArtifactStore;
using System.Formats.Tar;
using System.IO.Compression;

namespace Tmrvc.Corpora.Tests.Fetch;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class ExtractStageTests : IDisposable
{
    private readonly Extract _extract = new();

    public void Dispose() => _extract.Dispose();

    [TestCase(true)]
    [TestCase(false)]
    public async Task What_is_asked_for_is_unpacked_and_nothing_else(bool zip)
    {
        (string, string)[] entries =
        [
            ("wav48/p225/p225_001_mic1.flac", "one"), ("wav48/p225/p225_001_mic2.flac", "two"), ("wav48/p225/._p225_001_mic1.flac", "debris"),
            ("__MACOSX/wav48/._p225_001_mic1.flac", "debris"), ("txt/p225/p225_001.txt", "Please call Stella."), ("log.txt", "x"),
        ];
        var run = await _extract.Add("VCTK.zip", zip ? Extract.Zip(entries) : Extract.TarGz(entries))
            .RunAsync(new ExtractSettings { Include = ["**/*.flac", "txt/**"], Exclude = ["**/*_mic2.flac"] });

        Assert.That(_extract.Files, Is.EqualTo(new Dictionary<string, string>
        {
            ["txt/p225/p225_001.txt"] = "Please call Stella.", ["wav48/p225/p225_001_mic1.flac"] = "one",
        }));
        Assert.That(run.Metrics, Is.EqualTo(new Dictionary<string, double> { ["files"] = 2, ["bytes"] = 22, ["entries left out"] = 4 }));
    }

    [Test]
    public void An_archive_without_anything_that_is_asked_for_is_an_error() =>
        Assert.That(
            () => _extract.Add("fine.zip", Extract.Zip(("a/RIR/x.wav", "1"))).Add("other.tar.gz", Extract.TarGz(("a/silence/x.wav", "1")))
                .RunAsync(new ExtractSettings { Include = ["**/RIR/*.wav", "x"], Exclude = ["y"] }),
            Throws.TypeOf<ArchiveException>().With.Message.EqualTo("other.tar.gz: holds no file that matches **/RIR/*.wav, x and not y"));

    [Test]
    public async Task Archives_are_joined_into_one_tree_and_share_files_that_are_equal()
    {
        _extract.Add("dev_clean.tar.gz", Extract.TarGz(("LibriTTS_R/LICENSE.txt", "CC BY 4.0"), ("LibriTTS_R/dev-clean/84/1.wav", "1")))
            .Add("dev_other.tar.gz", Extract.TarGz(("LibriTTS_R/LICENSE.txt", "CC BY 4.0"), ("LibriTTS_R/dev-other/116/1.wav", "2")));
        await _extract.RunAsync();
        Assert.That(
            _extract.Files.Keys, Is.EqualTo(["LibriTTS_R/LICENSE.txt", "LibriTTS_R/dev-clean/84/1.wav", "LibriTTS_R/dev-other/116/1.wav"]));

        _extract.Add("third.zip", Extract.Zip(("LibriTTS_R/LICENSE.txt", "CC BY 3.0")));
        Assert.That(
            () => _extract.RunAsync(),
            Throws.TypeOf<ArchiveException>().With.Message.Contains("entry 'LibriTTS_R/LICENSE.txt' has other content than the same entry of another archive"));
    }

    [Test]
    public async Task A_zip64_with_more_entries_than_a_zip_can_have_is_unpacked()
    {
        var archive = Extract.Zip(zip =>
        {
            for (var i = 0; i < 66_000; i++)
                zip.CreateEntry($"{i}", CompressionLevel.NoCompression);
            Extract.Write(zip.CreateEntry("last"), "here");
        });
        await _extract.Add("large.zip", archive).RunAsync(new ExtractSettings { Include = ["last"] });

        Assert.That(_extract.Files["last"], Is.EqualTo("here"));
    }

    [Test]
    public async Task Folders_empty_files_and_long_names_are_fine()
    {
        var name = $"{new string('d', 120)}/{new string('f', 200)}.wav";
        foreach (var format in Enum.GetValues<TarEntryFormat>().Where(format => format is TarEntryFormat.Pax or TarEntryFormat.Gnu))
        {
            var archive = Extract.TarGz(tar =>
            {
                tar.WriteEntry(new PaxGlobalExtendedAttributesTarEntry(new Dictionary<string, string> { ["comment"] = "x" }));
                tar.WriteEntry(Directory(format, "./"));
                tar.WriteEntry(Directory(format, "d/"));
                tar.WriteEntry(File(format, "d/empty", ""));
                tar.WriteEntry(File(format, name, "long"));
            });
            await _extract.Add("corpus.tar.gz", archive).RunAsync();
            Assert.That(_extract.Files, Is.EqualTo(new Dictionary<string, string> { ["d/empty"] = "", [name] = "long" }), $"{format}");
        }
    }

    private static TarEntry Directory(TarEntryFormat format, string name) => format == TarEntryFormat.Gnu
        ? new GnuTarEntry(TarEntryType.Directory, name)
        : new PaxTarEntry(TarEntryType.Directory, name);

    private static TarEntry File(TarEntryFormat format, string name, string text)
    {
        TarEntry entry = format == TarEntryFormat.Gnu
            ? new GnuTarEntry(TarEntryType.RegularFile, name)
            : new PaxTarEntry(TarEntryType.RegularFile, name);
        if (text.Length > 0)
            entry.DataStream = new MemoryStream(System.Text.Encoding.UTF8.GetBytes(text));
        return entry;
    }

    [Test]
    public async Task A_gzip_of_several_members_is_read_to_the_last()
    {
        using var tar = new MemoryStream();
        using (var writer = new TarWriter(tar, TarEntryFormat.Pax, leaveOpen: true))
            foreach (var name in new[] { "a", "b", "c" })
                writer.WriteEntry(Extract.TarFile(name, new string(name[0], 3_000)));
        using var members = new MemoryStream();
        foreach (var half in new[] { tar.ToArray()[..5_000], tar.ToArray()[5_000..] })
            using (var gzip = new GZipStream(members, CompressionLevel.Fastest, leaveOpen: true))
                gzip.Write(half);
        await _extract.Add("corpus.tgz", members.ToArray()).RunAsync();

        Assert.That(_extract.Files.Keys, Is.EqualTo(["a", "b", "c"]));
    }

    [Test]
    public async Task Many_entries_of_a_zip_are_unpacked_by_several_workers_without_mixing_them_up()
    {
        var entries = Enumerable.Range(0, 500).Select(i => ($"{i % 7}/{i}.wav", Convert.ToHexString(Download.Content(i * 10 % 3_000, i)))).ToArray();
        await _extract.Add("corpus.zip", Extract.Zip(entries)).RunAsync(new ExtractSettings { Workers = 8 });

        Assert.That(_extract.Files, Is.EquivalentTo(entries.ToDictionary()));
    }

    [Test]
    public void What_will_not_fit_on_the_device_is_not_begun()
    {
        using var run = _extract.Add("corpus.tar.gz", Extract.TarGz(("x", "1"))).Begin();

        Assert.That(
            () => _extract.RunAsync(run, expectedBytes: 100_000_000_000_000),
            Throws.TypeOf<StorageException>().With.Message.Contains("100,000 GB are needed (about what the archives unpack to)").And.Message.Contains("are free"));
        Assert.That(new DirectoryInfo(run.Unfinished).EnumerateFiles("*", SearchOption.AllDirectories), Is.Empty);
    }

    [Test]
    public void Mistakes_in_the_settings_are_listed_together()
    {
        var settings = new ExtractSettings
        {
            Include = ["/absolute", "{open"], Exclude = [""], LargestRatio = 0, LargestGibibytes = 0, MostEntries = 0, Workers = -1,
        };
        Assert.That(
            settings.Mistakes().Select(mistake => mistake.Property),
            Is.EqualTo(["include", "include", "exclude", "largest_ratio", "largest_gibibytes", "most_entries", "workers"]));
        Assert.That(new ExtractSettings { Include = [] }.Mistakes().Select(mistake => mistake.Property), Is.EqualTo(["include"]));
    }
}
