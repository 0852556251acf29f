using Tmrvc.ArtifactStore;
using System.Security.Cryptography;

namespace Tmrvc.Corpora.Tests.Fetch;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class SourcesTests : IAsyncDisposable
{
    private const string Name = "jvs_ver1.zip";

    private readonly FaultyFileServer _server = new();
    private readonly Download _download = new();
    private readonly byte[] _content = Download.Content(100_000);

    public async ValueTask DisposeAsync()
    {
        _download.Dispose();
        await _server.DisposeAsync();
    }

    private string Checksum => Convert.ToHexStringLower(SHA256.HashData(_content));

    private RemoteFile Known => new() { Name = Name, Bytes = _content.Length, Sha256 = Checksum };

    private DownloadSettings ByHand => new()
    {
        Files = [Known],
        Licence = new LicenceTerms { Name = "research or personal use, no redistribution", Page = "https://example.org/jvs" },
    };

    private string Place(byte[] content)
    {
        Directory.CreateDirectory(_download.Raw);
        var path = Path.Combine(_download.Raw, Name);
        File.WriteAllBytes(path, content);
        return path;
    }

    [Test]
    public void A_file_that_only_a_person_can_get_is_asked_for_in_full() =>
        Assert.That(
            () => _download.RunAsync(ByHand),
            Throws.TypeOf<FetchException>().With.Message.EqualTo(
                $"{Name}: is not here, and it is placed by hand. Accept its licence (research or personal use, no redistribution) at "
                + $"https://example.org/jvs, then download {Name} (100,000 bytes, SHA-256 {Checksum}) and put it into {_download.Raw}"));

    [Test]
    public void Another_file_in_its_place_is_named_with_both_checksums_and_left_alone()
    {
        var other = Download.Content(100_000, seed: 2);
        var path = Place(other);

        Assert.That(
            () => _download.RunAsync(ByHand),
            Throws.TypeOf<FetchException>().With.Message.Contains($"{Convert.ToHexStringLower(SHA256.HashData(other))}, {Checksum} is declared")
                .And.Message.Contains("Accept its licence"));
        Assert.That(File.ReadAllBytes(path), Is.EqualTo(other));
    }

    [Test]
    public async Task A_file_placed_by_hand_is_handed_on_without_a_copy()
    {
        var path = Place(_content);
        var run = await _download.RequireAsync(ByHand, Name, _content);

        if (OperatingSystem.IsLinux())
            Assert.That(Inode.Of(run.Output(Name)), Is.EqualTo(Inode.Of(path)));
    }

    [Test, Platform("Linux")]
    public async Task A_link_to_a_file_elsewhere_is_followed_and_the_file_left_as_it_is()
    {
        var elsewhere = Path.Combine(Directory.CreateTempSubdirectory("elsewhere").FullName, "my.zip");
        File.WriteAllBytes(elsewhere, _content);
        var before = File.GetLastWriteTimeUtc(elsewhere);
        Directory.CreateDirectory(_download.Raw);
        File.CreateSymbolicLink(Path.Combine(_download.Raw, Name), elsewhere);
        await _download.RequireAsync(ByHand, Name, _content);

        Assert.That(File.GetLastWriteTimeUtc(elsewhere), Is.EqualTo(before));
        Directory.Delete(Path.GetDirectoryName(elsewhere)!, recursive: true);
    }

    [Test]
    public async Task A_file_of_this_machine_is_copied_and_checked()
    {
        var elsewhere = Directory.CreateTempSubdirectory("elsewhere").FullName;
        File.WriteAllBytes(Path.Combine(elsewhere, Name), _content);
        await _download.RequireAsync(ByHand with { Mirrors = [new Uri(elsewhere).AbsoluteUri] }, Name, _content);
        Directory.Delete(elsewhere, recursive: true);
    }

    [Test]
    public async Task The_next_mirror_is_asked_when_one_has_no_such_file_or_another_one_or_is_not_there()
    {
        await using var lacking = new FaultyFileServer();
        await using var outdated = new FaultyFileServer();
        outdated.Serve(Name, _content[..^1]);
        _server.Serve(Name, _content);
        var settings = ByHand with
        {
            Mirrors = [lacking.Address, outdated.Address, "http://127.0.0.1:1/", "file:///nowhere/at/all", _server.Address],
            Transfer = Download.Transfer,
        };
        await _download.RequireAsync(settings, Name, _content);
    }

    [Test]
    public async Task Without_any_usable_mirror_each_is_named_with_what_is_wrong_with_it()
    {
        await using var lacking = new FaultyFileServer();
        _server.Serve(Name, _content[..^1]);
        var settings = ByHand with { Mirrors = [lacking.Address, _server.Address, "file:///nowhere"], Transfer = Download.Transfer };

        Assert.That(
            () => _download.RunAsync(settings),
            Throws.TypeOf<FetchException>().With.Message.StartsWith(
                $"{Name}: {lacking.Address}{Name}: the server answers 404 Refused; {_server.Address}{Name}: has 99999 bytes, 100000 are declared; "
                + $"file:///nowhere/{Name}: Could not find"));
    }

    [Test]
    public void A_file_that_does_not_fit_on_the_device_is_not_begun()
    {
        var settings = Download.Of(_server, Known with { Bytes = 50_000_000_000_000 }) with { ExtractedBytes = 100_000_000_000_000 };

        Assert.That(
            () => _download.RunAsync(settings),
            Throws.TypeOf<StorageException>().With.Message.Contains(
                "150,000 GB are needed (50,000 GB to download, about 100,000 GB unpacked)").And.Message.Contains("are free"));
        Assert.That(_server.Requests, Is.Empty);
    }

    [Test]
    public void A_file_of_unknown_length_is_not_begun_where_it_does_not_fit_with_what_it_unpacks_to()
    {
        _server.Serve(Name, _content);
        var settings = Download.Of(_server, Known with { Bytes = 0 }) with { ExtractedBytes = 100_000_000_000_000 };

        Assert.That(
            () => _download.RunAsync(settings), Throws.TypeOf<StorageException>().With.Message.Contains("about 100,000 GB unpacked"));
        Assert.That(_server.Requests.Select(request => request.IsProbe), Is.All.True);
    }

    [Test]
    public async Task What_came_unprotected_and_without_a_checksum_is_said_to_be_trusted_as_it_is()
    {
        _server.Serve("rir.bin", _content);
        _server.Serve(Name, _content);
        var run = await _download.RunAsync(Download.Of(_server, new RemoteFile { Name = "rir.bin" }, Known));

        Assert.That(run.Lines.Where(line => line.Contains("unprotected connection")), Has.One.Items.And.All.StartsWith("rir.bin: "));
    }

    [Test]
    public async Task An_archive_that_fails_does_not_cost_the_others()
    {
        RemoteFile[] files = [.. Enumerable.Range(0, 7).Select(number => new RemoteFile { Name = $"part{number}.tar.gz.bin" })];
        foreach (var file in files)
            _server.Serve(file.Name, _content);
        _server.Plan = request => request.Name == files[2].Name ? new FileFault.Refusal(403) : null;
        Assert.That(
            () => _download.RunAsync(Download.Of(_server, files)),
            Throws.TypeOf<FetchException>().With.Message.StartsWith($"{files[2].Name}: ").And.Message.Not.Contains(files[1].Name));

        _server.Plan = FileFaultPlans.None;
        var before = _server.Requests.Count;
        var run = await _download.RunAsync(Download.Of(_server, files));
        Assert.That(_server.Requests.Skip(before).Select(request => request.Name).Distinct(), Is.EqualTo([files[2].Name]));
        Assert.That(files.Select(file => File.Exists(run.Output(file.Name))), Is.All.True);
    }

    [Test]
    public async Task Progress_counts_the_bytes_of_all_files()
    {
        var content = Download.Content(5_000_000);
        _server.Serve("large.bin", content);
        var run = await _download.RunAsync(Download.Of(_server, new RemoteFile { Name = "large.bin", Bytes = content.Length }));

        Assert.That(run.Lines, Has.Some.Match("^[1-5][0-9]{6}/5000000 bytes large.bin$"));
    }

    [Test]
    public void Mistakes_in_the_settings_are_listed_together()
    {
        var settings = new DownloadSettings { Mirrors = ["ftp://example.org"], ExtractedBytes = -1, Files = [Known, Known] };
        Assert.That(settings.Mistakes().Select(mistake => mistake.Property), Is.EqualTo(["files", "mirrors", "extracted_bytes"]));

        var file = new RemoteFile { Name = "../x", Urls = ["x"], Bytes = -1, Sha256 = "AB", Md5 = "1" };
        Assert.That(file.Mistakes().Select(mistake => mistake.Property), Is.EqualTo(["name", "urls", "bytes", "sha256", "md5"]));

        var transfer = new RangedTransferSettings
        {
            Connections = 0, PartMebibytes = 0, Attempts = 0, FirstPauseSeconds = -1, LongestPauseSeconds = -1, StallSeconds = 0,
        };
        Assert.That(transfer.Mistakes().Count(), Is.EqualTo(6));
    }
}
