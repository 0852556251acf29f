namespace Tmrvc.Corpora.Tests.Fetch;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class DamagedArchiveTests : IDisposable
{
    private static readonly (string Name, string Text)[] Entries =
        [.. Enumerable.Range(0, 6).Select(i => ($"speaker{i}/utterance.wav", Convert.ToHexString(Download.Content(300 + i, i))))];

    private readonly Extract _extract = new();

    public void Dispose() => _extract.Dispose();

    [Test]
    public async Task A_zip_that_was_cut_short_anywhere_is_refused_by_name()
    {
        var whole = Extract.Zip(Entries);
        for (var length = 4; length < whole.Length; length += length < whole.Length - 40 ? 97 : 1)
            Assert.That(
                () => _extract.Add("corpus.zip", whole[..length]).RunAsync(),
                Throws.TypeOf<ArchiveException>().With.Message.Contains("corpus.zip: is damaged or cut short"), $"{length} of {whole.Length} bytes");
        await _extract.Add("corpus.zip", whole).RunAsync();
        Assert.That(_extract.Files, Has.Count.EqualTo(6));
    }

    [Test]
    public async Task A_tar_gz_that_was_cut_short_anywhere_is_refused_by_name()
    {
        var whole = Extract.TarGz(Entries);
        for (var length = 4; length < whole.Length; length += length < whole.Length - 60 ? 97 : 1)
            Assert.That(
                () => _extract.Add("corpus.tar.gz", whole[..length]).RunAsync(),
                Throws.TypeOf<ArchiveException>().With.Message.StartsWith("corpus.tar.gz: ").And.Message.Contains("is damaged or cut short"),
                $"{length} of {whole.Length} bytes");
        await _extract.Add("corpus.tar.gz", whole).RunAsync();
        Assert.That(_extract.Files, Has.Count.EqualTo(6));
    }

    [TestCase(true)]
    [TestCase(false)]
    public async Task A_flipped_bit_is_found_or_does_no_harm(bool zip)
    {
        var whole = zip ? Extract.Zip(Entries) : Extract.TarGz(Entries);
        var texts = Entries.Select(entry => entry.Text).ToHashSet();
        var random = new Random(5);
        var refused = 0;
        for (var trial = 0; trial < 120; trial++)
        {
            var damaged = whole.ToArray();
            damaged[random.Next(damaged.Length)] ^= (byte)(1 << random.Next(8));
            try
            {
                await _extract.Add("corpus.archive", damaged).RunAsync();
                Assert.That(_extract.Files.Values.Where(text => !texts.Contains(text)), Is.Empty);
            }
            catch (ArchiveException refusal)
            {
                Assert.That(refusal.Message, Does.StartWith("corpus.archive: "));
                refused++;
            }
        }
        Assert.That(refused, Is.GreaterThan(80));
    }

    [Test]
    public void A_damaged_entry_of_a_zip_is_named()
    {
        var damaged = Extract.Zip(Entries);
        damaged[60] ^= 1;

        Assert.That(
            () => _extract.Add("corpus.zip", damaged).RunAsync(),
            Throws.TypeOf<ArchiveException>().With.Message.StartsWith("corpus.zip: entry 'speaker0/utterance.wav' is damaged"));
    }

    [Test]
    public void A_damaged_tar_gz_is_named_with_the_entry_it_got_to()
    {
        var damaged = Extract.TarGz([.. Entries.Select((entry, i) => (entry.Name, Convert.ToHexString(Download.Content(150_000, i))))]);
        damaged[^1] ^= 1;

        Assert.That(
            () => _extract.Add("corpus.tar.gz", damaged).RunAsync(),
            Throws.TypeOf<ArchiveException>().With.Message.StartsWith("corpus.tar.gz: is damaged or cut short after entry 'speaker4/utterance.wav'")
                .Or.Message.StartsWith("corpus.tar.gz: entry 'speaker5/utterance.wav' is damaged or cut short"));
    }
}
