using System.Security.Cryptography;
using FsCheck;
using FsCheck.Fluent;

namespace Tmrvc.Corpora.Tests.Fetch;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class ResumedDownloadTests : IAsyncDisposable
{
    private const int Length = 500_000, PartLength = 65_536;
    private const string Name = "corpus.bin";

    private readonly FaultyFileServer _server = new();
    private readonly Download _download = new();
    private readonly byte[] _content = Download.Content(Length);

    public ResumedDownloadTests() => _server.Serve(Name, _content);

    public async ValueTask DisposeAsync()
    {
        _download.Dispose();
        await _server.DisposeAsync();
    }

    private static DownloadSettings Of(FaultyFileServer server) => Download.Of(server, new RemoteFile { Name = Name, Bytes = Length });

    private DownloadSettings Settings => Of(_server);

    /// <summary>A run that is interrupted when all parts but those that begin in a range have arrived.</summary>
    private async Task InterruptAsync(long from, long to)
    {
        _server.Plan = request => request.From >= from && request.From < to ? new FileFault.Stall() : null;
        using var interruption = new CancellationTokenSource();
        var run = _download.RunAsync(Settings with { Transfer = Download.Transfer with { Connections = 16 } }, interruption.Token);
        var expected = Enumerable.Range(0, 8).Count(part => part * PartLength < from || part * PartLength >= to);
        while (!System.IO.File.Exists(Journal) || System.IO.File.ReadAllLines(Journal).Length < 5 + expected)
            await Task.Delay(5, CancellationToken.None);
        await interruption.CancelAsync();
        Assert.That(() => run, Throws.InstanceOf<OperationCanceledException>());
        _server.Plan = FileFaultPlans.None;
    }

    private string Journal => _download.Partial(Name) + ".parts";

    [Test]
    public async Task An_interrupted_download_asks_only_for_what_is_missing()
    {
        await InterruptAsync(3 * PartLength, 6 * PartLength);
        var before = _server.Requests.Count;
        var run = await _download.RequireAsync(Settings, Name, _content);

        Assert.That(
            _server.Requests.Skip(before).Where(request => !request.IsProbe).Select(request => request.From).Order(),
            Is.EqualTo(new long[] { 3 * PartLength, 4 * PartLength, 5 * PartLength }));
        Assert.That(run.Metrics["bytes received"], Is.EqualTo(3 * PartLength));
    }

    [Test]
    public async Task A_file_that_changed_between_two_runs_is_brought_anew()
    {
        await InterruptAsync(3 * PartLength, 6 * PartLength);
        var other = Download.Content(Length, seed: 2);
        _server.Serve(Name, other);
        var run = await _download.RequireAsync(Settings, Name, other);

        Assert.That(run.Lines, Has.Some.Contains("ETag \"version-1\"").And.Contains("is now").And.Contains("ETag \"version-2\""));
    }

    [TestCase(true)]
    [TestCase(false)]
    public async Task A_file_that_changes_under_way_is_brought_anew(bool tags)
    {
        _server.GivesTags = tags;
        var other = Download.Content(Length, seed: 2);
        _server.Plan = request =>
        {
            if (request.Number == 4)
                _server.Serve(Name, other);
            return null;
        };
        var run = await _download.RequireAsync(Settings, Name, other);

        Assert.That(run.Metrics["restarts"], Is.EqualTo(1));
    }

    [Test]
    public async Task A_file_that_shrinks_under_way_is_brought_anew()
    {
        (_server.GivesTags, _server.GivesTimes) = (false, false);
        var shorter = Download.Content(3 * PartLength, seed: 2);
        _server.Plan = request =>
        {
            if (request.Number == 4)
                _server.Serve(Name, shorter);
            return null;
        };
        await _download.RequireAsync(Download.Of(_server, new RemoteFile { Name = Name }), Name, shorter);
    }

    [Test]
    public void A_file_that_never_stays_the_same_is_given_up()
    {
        _server.Plan = request =>
        {
            _server.Serve(Name, Download.Content(Length, request.Number));
            return null;
        };
        Assert.That(
            () => _download.RunAsync(Settings),
            Throws.TypeOf<FetchException>().With.Message.Contains("and is now").And.Message.Contains("4 downloads in a row came to nothing"));
    }

    [Test]
    public async Task Parts_of_one_mirror_are_kept_for_the_next_where_a_checksum_will_tell()
    {
        await InterruptAsync(3 * PartLength, 6 * PartLength);
        await using var other = new FaultyFileServer();
        other.Serve("x", _content);
        other.Serve(Name, _content);
        other.Serve(Name, _content);
        _server.Plan = _ => new FileFault.Refusal(404);
        var checksum = Convert.ToHexStringLower(SHA256.HashData(_content));
        await _download.RequireAsync(
            Settings with { Mirrors = [_server.Address, other.Address], Files = [Settings.Files[0] with { Sha256 = checksum }] }, Name, _content);

        Assert.That(other.BytesSent, Is.EqualTo(3 * PartLength + 1));
    }

    [Test]
    public async Task Parts_of_one_mirror_are_dropped_for_the_next_where_nothing_tells_whether_they_fit()
    {
        await InterruptAsync(3 * PartLength, 6 * PartLength);
        await using var other = new FaultyFileServer();
        other.Serve(Name, _content);
        await _download.RequireAsync(Settings with { Mirrors = [other.Address] }, Name, _content);

        Assert.That(other.BytesSent, Is.EqualTo(Length + 1));
    }

    [Test]
    public async Task A_kill_at_any_byte_of_the_journal_loses_no_more_than_that_part()
    {
        await InterruptAsync(6 * PartLength, 7 * PartLength);
        var (partial, journal) = (System.IO.File.ReadAllBytes(_download.Partial(Name)), System.IO.File.ReadAllBytes(Journal));
        for (var length = 0; length <= journal.Length; length += 7)
        {
            System.IO.File.WriteAllBytes(_download.Partial(Name), partial);
            System.IO.File.WriteAllBytes(Journal, journal[..length]);
            var kept = Math.Max(0, journal[..length].Count(b => b == '\n') - 5);
            var run = await _download.RequireAsync(Settings, Name, _content);

            Assert.That(run.Metrics["bytes received"], Is.InRange(0, Length - kept * (Length % PartLength)));
            System.IO.File.Delete(Path.Combine(_download.Raw, Name));
        }
    }

    [Test]
    public async Task A_partial_file_without_its_journal_or_of_another_length_counts_for_nothing()
    {
        await InterruptAsync(6 * PartLength, 7 * PartLength);
        System.IO.File.WriteAllBytes(_download.Partial(Name), [1, 2, 3]);
        var run = await _download.RequireAsync(Settings, Name, _content);

        Assert.That(run.Metrics["bytes received"], Is.EqualTo(Length));
    }

    [Test]
    public async Task Two_downloads_into_one_folder_take_turns()
    {
        await Task.WhenAll(_download.RunAsync(Settings), _download.RunAsync(Settings));

        Assert.That(_server.BytesSent, Is.EqualTo(Length + 1), "the second found what the first had brought");
    }

    [FsCheck.NUnit.Property(MaxTest = 25)]
    public Property Whatever_goes_wrong_the_right_bytes_arrive() =>
        Prop.ForAll(Gen.Choose(1, 300_000).Two().ToArbitrary(), Gen.Choose(0, 10_000).ToArbitrary(), (sizes, seed) =>
        {
            var (length, part) = sizes;
            ArriveAsync(length, part, seed).GetAwaiter().GetResult();
        });

    private static async Task ArriveAsync(int length, int part, int seed)
    {
        await using var server = new FaultyFileServer(FileFaultPlans.Unreliable(seed));
        using var download = new Download();
        var content = Download.Content(length, seed);
        server.Serve(Name, content);
        var file = new RemoteFile { Name = Name, Sha256 = Convert.ToHexStringLower(SHA256.HashData(content)) };
        var transfer = Download.Transfer with { PartMebibytes = Math.Max(part, length / 20) / 1048576.0 };
        await download.RequireAsync(Download.Of(server, file) with { Transfer = transfer }, Name, content);
    }
}
