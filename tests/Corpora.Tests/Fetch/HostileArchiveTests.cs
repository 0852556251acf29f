using System.Formats.Tar;
using System.IO.Compression;
using System.Text;

namespace Tmrvc.Corpora.Tests.Fetch;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class HostileArchiveTests : IDisposable
{
    private readonly Extract _extract = new();

    public void Dispose() => _extract.Dispose();

    private void RequireRefused(byte[] archive, string entry, string why, ExtractSettings? settings = null) =>
        Assert.That(
            () => _extract.Add("corpus.archive", archive).RunAsync(settings),
            Throws.TypeOf<ArchiveException>().With.Message.StartsWith($"corpus.archive: entry '{entry}' {why}"));

    private static byte[] Make(bool zip, params (string Name, string Text)[] entries) => zip ? Extract.Zip(entries) : Extract.TarGz(entries);

    [Test, Combinatorial]
    public void A_path_that_leads_elsewhere_is_refused(
        [Values] bool zip,
        [Values("../x", "a/../../x", "a/..", "/etc/x", "//host/x", "C:/x", "c:x", "a\\..\\..\\x", "..\\x", "a//x", "a/./x", "a\u0001b")] string name)
    {
        var shown = name.Replace('\u0001', '?');
        RequireRefused(Make(zip, ("fine", "1"), (name, "2")), shown, "");
        RequireRefused(
            Make(zip, ("fine", "1"), (name, "2")), shown, "", new ExtractSettings { Include = ["fine"] });
    }

    [TestCase("./a/x", "a/x")]
    [TestCase("././x", "x")]
    [TestCase("a/..x", "a/..x")]
    [TestCase("a/x..", "a/x..")]
    [TestCase("...", "...")]
    [TestCase("é/ü x.wav", "é/ü x.wav")]
    public async Task An_unusual_path_that_stays_inside_is_not(string name, string path)
    {
        foreach (var zip in new[] { true, false })
        {
            await _extract.Add("corpus.archive", Make(zip, (name, "1"))).RunAsync();
            Assert.That(_extract.Files.Keys, Is.EqualTo([path]));
        }
    }

    private static readonly TarEntry[] SpecialEntries =
    [
        new PaxTarEntry(TarEntryType.SymbolicLink, "special") { LinkName = "/etc/passwd" },
        new PaxTarEntry(TarEntryType.SymbolicLink, "special") { LinkName = "fine" },
        new PaxTarEntry(TarEntryType.HardLink, "special") { LinkName = "fine" },
        new PaxTarEntry(TarEntryType.Fifo, "special"),
        new PaxTarEntry(TarEntryType.CharacterDevice, "special") { DeviceMajor = 1, DeviceMinor = 3 },
        new PaxTarEntry(TarEntryType.BlockDevice, "special") { DeviceMajor = 8, DeviceMinor = 0 },
    ];

    [TestCaseSource(nameof(SpecialEntries))]
    public async Task A_link_or_device_of_a_tar_is_refused_where_it_is_asked_for(TarEntry special)
    {
        var archive = Extract.TarGz(tar =>
        {
            tar.WriteEntry(Extract.TarFile("fine", "1"));
            tar.WriteEntry(special);
        });
        RequireRefused(archive, "special", special.EntryType is TarEntryType.SymbolicLink or TarEntryType.HardLink ? "is a link" : "is a device or pipe");

        await _extract.RunAsync(new ExtractSettings { Exclude = ["special"] });
        Assert.That(_extract.Files.Keys, Is.EqualTo(["fine"]));
    }

    [TestCase(0xA1FF, "is a link")]
    [TestCase(0x21B6, "is a device or pipe")]
    [TestCase(0x61B6, "is a device or pipe")]
    [TestCase(0x11B6, "is a device or pipe")]
    [TestCase(0xC1B6, "is a device or pipe")]
    public void A_link_or_device_of_a_zip_is_refused(int mode, string why) => RequireRefused(
        Extract.Zip(archive =>
        {
            var entry = archive.CreateEntry("special");
            entry.ExternalAttributes = mode << 16;
            Extract.Write(entry, "/etc/passwd");
        }),
        "special", why);

    [Test, Combinatorial]
    public void Two_entries_for_one_file_are_refused(
        [Values] bool zip, [Values("a/x|a/x|occurs twice", "a/x|a/X|differs only in case from entry 'a/x'",
            "a/x|A/y|differs only in case from folder 'a'", "a|a/x|lies below entry 'a', which is a file",
            "a/x|a|is a file where another entry has a folder", "a/x|./a/x|occurs twice")] string plan)
    {
        var parts = plan.Split('|');
        RequireRefused(Make(zip, (parts[0], "1"), (parts[1], "2")), parts[1], parts[2]);
    }

    [Test]
    public void An_archive_that_expands_beyond_all_measure_is_refused_before_it_fills_the_disk()
    {
        var zeros = new string('0', 80 << 20);
        Assert.That(
            () => _extract.Add("bomb.zip", Extract.Zip(("zeros", zeros))).RunAsync(),
            Throws.TypeOf<ArchiveException>().With.Message.Matches("^bomb.zip: its [0-9]+ bytes unpack to 83886080 or more, over 100 times as much"));

        using var tar = new Extract();
        Assert.That(
            () => tar.Add("bomb.tar.gz", Extract.TarGz(("zeros", zeros))).RunAsync(new ExtractSettings { Exclude = ["zeros"] }),
            Throws.TypeOf<ArchiveException>().With.Message.Matches("^bomb.tar.gz: its [0-9]+ bytes unpack to [0-9]{8} or more, over 100 times as much"),
            "what is skipped has to be inflated too");
    }

    [Test, Combinatorial]
    public void All_archives_together_have_a_largest_size_and_a_largest_number_of_entries([Values] bool zip)
    {
        (string, string)[] entries = [("a", new string('x', 700)), ("b", new string('x', 700))];
        var small = new ExtractSettings { LargestGibibytes = 1000.0 / (1 << 30) };
        Assert.That(
            () => _extract.Add("corpus.archive", Make(zip, entries)).RunAsync(small),
            Throws.TypeOf<ArchiveException>().With.Message.Contains("corpus.archive: unpacks to more than the"));
        Assert.That(
            () => _extract.RunAsync(new ExtractSettings { MostEntries = 1 }),
            Throws.TypeOf<ArchiveException>().With.Message.EqualTo("corpus.archive: holds more than 1 entries, which is what most_entries allows"));
    }

    [Test]
    public void A_zip_entry_that_lies_about_its_length_is_refused()
    {
        var text = new string('x', 10_000);
        RequireRefused(ZipBytes.WithLength(Extract.Zip(("liar", text)), 5_000), "liar", "is damaged");
        RequireRefused(ZipBytes.WithLength(Extract.Zip(("liar", text)), 20_000), "liar", "is damaged or cut short: it says it has 20000 bytes and has 10000 or more");
    }

    [Test]
    public void A_zip_whose_entries_share_their_bytes_is_refused() =>
        RequireRefused(ZipBytes.WithSharedEntries(Extract.Zip(("x", Convert.ToHexString(Download.Content(5_000)))), 30), "b", "overlaps others");

    [Test]
    public void An_encrypted_entry_is_refused() =>
        RequireRefused(ZipBytes.Encrypted(Extract.Zip(("secret", "x"))), "secret", "is encrypted");

    [Test]
    public void Neither_zip_nor_gzip_is_no_archive()
    {
        foreach (var content in new byte[][] { [], [1, 2], Encoding.ASCII.GetBytes("<html>Sign in to go on</html>") })
            Assert.That(
                () => _extract.Add("corpus.zip", content).RunAsync(),
                Throws.TypeOf<ArchiveException>().With.Message.StartsWith("corpus.zip: begins neither as a zip nor as a gzip file does"));
    }
}
