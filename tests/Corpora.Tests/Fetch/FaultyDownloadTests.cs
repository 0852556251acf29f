using System.Security.Cryptography;

namespace Tmrvc.Corpora.Tests.Fetch;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class FaultyDownloadTests : IAsyncDisposable
{
    private const int Length = 500_000;
    private const string Name = "corpus.bin";

    private readonly FaultyFileServer _server = new();
    private readonly Download _download = new();
    private readonly byte[] _content = Download.Content(Length);

    public FaultyDownloadTests() => _server.Serve(Name, _content);

    public async ValueTask DisposeAsync()
    {
        _download.Dispose();
        await _server.DisposeAsync();
    }

    private RemoteFile File => new() { Name = Name, Bytes = Length, Sha256 = Convert.ToHexStringLower(SHA256.HashData(_content)) };

    private IEnumerable<FileRequest> Parts => _server.Requests.Where(request => !request.IsProbe);

    [Test]
    public async Task A_file_arrives_in_parts_each_asked_for_once()
    {
        var run = await _download.RequireAsync(Download.Of(_server, File), Name, _content);

        Assert.That(Parts.Select(part => part.From).Order(), Is.EqualTo(Enumerable.Range(0, 8).Select(part => (long)part * 65_536)));
        Assert.That(run.Metrics, Is.EqualTo(new Dictionary<string, double> { ["bytes received"] = Length, ["retries"] = 0, ["restarts"] = 0 }));
    }

    [Test]
    public async Task A_second_run_asks_for_nothing()
    {
        await _download.RunAsync(Download.Of(_server, File));
        var before = _server.Requests.Count;
        await _download.RequireAsync(Download.Of(_server, File), Name, _content);

        Assert.That(_server.Requests, Has.Count.EqualTo(before));
    }

    [TestCase(0.0)]
    [TestCase(0.9)]
    public async Task A_connection_that_ends_early_costs_what_it_did_not_bring(double where)
    {
        _server.Plan = request => request is { IsProbe: false, Occurrence: 0 } ? new FileFault.CutShort(where) : null;
        var run = await _download.RequireAsync(Download.Of(_server, File), Name, _content);

        Assert.That(run.Metrics["retries"], Is.EqualTo(8));
        Assert.That(run.Metrics["bytes received"], Is.EqualTo(Length));
        Assert.That(_server.BytesSent, Is.EqualTo(Length + 1), "a byte for the probe");
    }

    [Test]
    public async Task A_connection_that_is_reset_is_made_again()
    {
        _server.Plan = request => request.Occurrence == 0 ? new FileFault.Reset(0.8) : null;
        var run = await _download.RequireAsync(Download.Of(_server, File), Name, _content);

        Assert.That(run.Metrics["retries"], Is.EqualTo(8).Or.EqualTo(9), "the probe's answer may arrive whole");
    }

    [Test]
    public async Task A_long_part_goes_on_where_its_connection_broke_as_often_as_it_breaks()
    {
        var content = Download.Content(2_000_000);
        _server.Serve("long.bin", content);
        _server.Plan = request => request.IsProbe || request.Occurrence > 5 ? null : new FileFault.CutShort(0.1);
        var patient = Download.Of(_server, new RemoteFile { Name = "long.bin" }) with
        {
            Transfer = Download.Transfer with { PartMebibytes = 2, Attempts = 2 },
        };
        var run = await _download.RequireAsync(patient, "long.bin", content);

        Assert.That(run.Metrics["retries"], Is.EqualTo(6), "more breaks than attempts, but each connection brought something");
        Assert.That(_server.BytesSent, Is.EqualTo(content.Length + 1));
    }

    [Test]
    public async Task A_server_that_brings_nothing_is_given_up_after_the_attempts()
    {
        _server.Plan = request => request.IsProbe ? null : new FileFault.CutShort(0);
        Assert.That(
            () => _download.RunAsync(Download.Of(_server, File)),
            Throws.TypeOf<FetchException>().With.Message.Contains($"{_server.Address}{Name}: the connection broke")
                .And.Message.Contains($"or download {Name} (500,000 bytes, SHA-256 {File.Sha256}) elsewhere and put it into {_download.Raw}"));
        Assert.That(Parts.CountBy(part => part.To!.Value).Max(part => part.Value), Is.EqualTo(Download.Transfer.Attempts));

        _server.Plan = FileFaultPlans.None;
        await _download.RequireAsync(Download.Of(_server, File), Name, _content);
    }

    [Test]
    public async Task A_connection_that_stands_still_is_given_up_and_made_again()
    {
        _server.Plan = request => request is { IsProbe: false, Occurrence: 0, From: 0 } ? new FileFault.Stall() : null;
        var impatient = Download.Of(_server, File) with { Transfer = Download.Transfer with { StallSeconds = 0.3 } };
        using var download = new Download { Clock = TimeProvider.System };
        var run = await download.RequireAsync(impatient, Name, _content);

        Assert.That(run.Lines, Has.Some.Contains("nothing arrived for 0.3 s"));
    }

    [TestCase("7")]
    [TestCase("Wed, 01 May 2024 12:00:07 GMT")]
    public async Task A_busy_server_is_left_alone_for_as_long_as_it_asks(string retryAfter)
    {
        var clock = new HastyClock();
        _server.Plan = FileFaultPlans.First(1, new FileFault.Refusal(503, retryAfter));
        using var download = new Download { Clock = clock };
        await download.RequireAsync(Download.Of(_server, File), Name, _content);

        Assert.That(clock.Pauses, Is.EqualTo([TimeSpan.FromSeconds(7)]));
    }

    [Test]
    public void A_server_that_asks_to_wait_too_long_is_not_asked_again()
    {
        _server.Plan = FileFaultPlans.First(1, new FileFault.Refusal(429, "3600"));

        Assert.That(
            () => _download.RunAsync(Download.Of(_server, File)),
            Throws.TypeOf<FetchException>().With.Message.Contains("answers 429 Refused and asks to wait 3600 s, 300 s are allowed"));
        Assert.That(_server.Requests, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task Pauses_grow_when_the_server_says_nothing_of_them()
    {
        var clock = new HastyClock();
        _server.Plan = FileFaultPlans.First(3, new FileFault.Refusal(500));
        using var download = new Download { Clock = clock };
        await download.RequireAsync(Download.Of(_server, File), Name, _content);

        Assert.That(clock.Pauses.Sum(pause => pause.TotalSeconds), Is.GreaterThan(1));
        Assert.That(clock.Pauses, Has.Count.EqualTo(3));
    }

    [Test]
    public async Task A_damaged_download_is_dropped_and_made_again()
    {
        _server.Plan = FileFaultPlans.First(1, new FileFault.FlippedBit(), request => !request.IsProbe);
        var run = await _download.RequireAsync(Download.Of(_server, File), Name, _content);

        Assert.That(run.Metrics["restarts"], Is.EqualTo(1));
        Assert.That(run.Lines, Has.Some.Contains($"{File.Sha256} is declared; it is downloaded again"));
    }

    [Test]
    public void What_is_wrong_twice_in_the_same_way_is_what_the_server_has()
    {
        var other = Download.Content(Length, seed: 2);
        _server.Serve(Name, other);
        var found = Convert.ToHexStringLower(SHA256.HashData(other));

        Assert.That(
            () => _download.RunAsync(Download.Of(_server, File)),
            Throws.TypeOf<FetchException>().With.Message.Contains($"its SHA-256 is {found}, {File.Sha256} is declared, twice the same"));
        Assert.That(Directory.EnumerateFiles(_download.Raw), Is.Empty);
    }

    [Test]
    public async Task An_md5_is_as_good_as_a_sha256()
    {
        var file = File with { Sha256 = "", Md5 = Convert.ToHexStringLower(MD5.HashData(_content)) };
        _server.Plan = FileFaultPlans.First(1, new FileFault.FlippedBit(), request => !request.IsProbe);
        var run = await _download.RequireAsync(Download.Of(_server, file), Name, _content);

        Assert.That(run.Lines, Has.Some.Contains($"{file.Md5} is declared"));
    }

    [Test]
    public async Task A_server_without_parts_is_read_in_one_stream_and_anew_after_a_break()
    {
        _server.GivesParts = false;
        _server.Plan = request => request.Number is 1 ? new FileFault.CutShort() : null;
        var run = await _download.RequireAsync(Download.Of(_server, File), Name, _content);

        Assert.That(_server.Requests.Select(request => request.From), Is.EqualTo(new long?[] { 0, null, null }));
        Assert.That(run.Metrics["retries"], Is.EqualTo(1));
    }

    [Test]
    public async Task A_server_that_tells_no_length_is_read_to_the_end()
    {
        (_server.GivesParts, _server.GivesLengths) = (false, false);
        _server.Plan = request => request.Number is 1 ? new FileFault.CutShort() : null;

        await _download.RequireAsync(Download.Of(_server, File), Name, _content);
    }

    [Test]
    public async Task A_part_that_was_not_asked_for_is_not_taken()
    {
        _server.Plan = request => request is { IsProbe: false, Occurrence: 0 }
            ? request.From % 131_072 == 0 ? new FileFault.IgnoredRange() : new FileFault.OtherPart()
            : null;
        var run = await _download.RequireAsync(Download.Of(_server, File), Name, _content);

        Assert.That(run.Metrics["retries"], Is.EqualTo(8));
        Assert.That(run.Metrics["restarts"], Is.Zero);
    }
}
