using System.IO.Compression;
using System.Security.Cryptography;
using Tmrvc.BuildGraph;

namespace Tmrvc.Corpora.Tests.Fetch;

/// <summary>Files for which no checksum is published, in whole builds.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class PinTests : IAsyncDisposable
{
    private const string Name = "rooms.zip";

    private readonly FaultyFileServer _server = new();
    private readonly TemporaryFolder _checkout = new();

    public async ValueTask DisposeAsync()
    {
        _checkout.Dispose();
        await _server.DisposeAsync();
    }

    private string LockFile => _checkout["artifacts/lock/smoke/DownloadRooms.yaml"];

    private static byte[] Zip(int seed)
    {
        using var bytes = new MemoryStream();
        using (var zip = new ZipArchive(bytes, ZipArchiveMode.Create, leaveOpen: true))
            for (var i = 0; i < 20; i++)
                using (var entry = zip.CreateEntry($"room{i}/response.wav", CompressionLevel.Fastest).Open())
                    entry.Write(Download.Content(10_000, seed + i));
        return bytes.ToArray();
    }

    private static string Hash(byte[] content) => Convert.ToHexStringLower(SHA256.HashData(content));

    private async Task<StageOutcome> BuildAsync(RemoteFile? file = null)
    {
        var settings = Download.Of(_server, file ?? new RemoteFile { Name = Name });
        var stage = new DownloadStage("DownloadRooms", settings, _checkout["data/raw/rooms"], DownloadClient.Create, new HastyClock());
        var options = new EngineOptions { Root = _checkout.Root, Profile = "smoke", Clock = TimeProvider.System };
        var run = new Engine(new StageGraph([stage]), options).Start([stage.Id], RunOptions.Default, new SilentObserver());
        return (await run.Finished)[stage.Id];
    }

    /// <summary>As in a fresh clone: the lock file is there, what was downloaded is not.</summary>
    private void ForgetEverythingButTheLockFile()
    {
        Directory.Delete(_checkout["data"], recursive: true);
        Directory.Delete(_checkout["artifacts/store"], recursive: true);
    }

    [Test]
    public async Task What_arrives_first_is_pinned_in_the_lock_file()
    {
        var content = Zip(seed: 1);
        _server.Serve(Name, content);

        Assert.That((await BuildAsync()).State, Is.EqualTo(StageState.Ran));
        Assert.That(File.ReadAllText(LockFile), Does.Contain($"{Name}: {Hash(content)}"));
        Assert.That((await BuildAsync()).State, Is.EqualTo(StageState.Fresh));
    }

    [Test]
    public async Task Something_else_later_is_an_error_that_names_both_and_the_lock_file()
    {
        var (first, second) = (Zip(seed: 1), Zip(seed: 100));
        _server.Serve(Name, first);
        await BuildAsync();
        ForgetEverythingButTheLockFile();
        _server.Serve(Name, second);
        var failed = await BuildAsync();

        Assert.That(failed.State, Is.EqualTo(StageState.Failed));
        Assert.That(failed.Reason, Does.Contain($"its SHA-256 is {Hash(second)}, {Hash(first)} was pinned by an earlier download ({LockFile})"));
        Assert.That(File.ReadAllText(LockFile), Does.Contain(Hash(first)));

        File.Delete(LockFile);
        Assert.That((await BuildAsync()).State, Is.EqualTo(StageState.Ran), "the way to accept the new content");
        Assert.That(File.ReadAllText(LockFile), Does.Contain(Hash(second)));
    }

    [Test]
    public async Task The_same_again_is_welcome_in_a_fresh_clone()
    {
        _server.Serve(Name, Zip(seed: 1));
        await BuildAsync();
        ForgetEverythingButTheLockFile();

        Assert.That((await BuildAsync()).State, Is.EqualTo(StageState.Ran));
    }

    [Test]
    public async Task A_declared_checksum_stands_above_the_pin()
    {
        var second = Zip(seed: 100);
        _server.Serve(Name, Zip(seed: 1));
        await BuildAsync();
        ForgetEverythingButTheLockFile();
        _server.Serve(Name, second);

        Assert.That((await BuildAsync(new RemoteFile { Name = Name, Sha256 = Hash(second) })).State, Is.EqualTo(StageState.Ran));
    }

    [Test]
    public async Task A_damaged_archive_is_never_pinned()
    {
        var content = Zip(seed: 1);
        _server.Serve(Name, content);
        _server.Plan = FileFaultPlans.First(1, new FileFault.FlippedBit(0.3), request => request.From == 65_536);
        var built = await BuildAsync();

        Assert.That(built.Record!.Metrics["restarts"], Is.EqualTo(1));
        Assert.That(File.ReadAllText(LockFile), Does.Contain(Hash(content)));
    }

    [Test]
    public async Task A_server_that_has_nothing_but_a_damaged_archive_is_told_so()
    {
        var content = Zip(seed: 1);
        content[5_000] ^= 1;
        _server.Serve(Name, content);
        var built = await BuildAsync();

        Assert.That(built.State, Is.EqualTo(StageState.Failed));
        Assert.That(built.Reason, Does.Contain($"it is not sound: {Name}: entry 'room0/response.wav' is damaged"));
        Assert.That(File.Exists(LockFile), Is.False);
    }

    [Test]
    public async Task New_addresses_run_nothing_again()
    {
        _server.Serve(Name, Zip(seed: 1));
        await BuildAsync();

        Assert.That((await BuildAsync(new RemoteFile { Name = Name, Urls = ["https://example.org/elsewhere.zip"] })).State, Is.EqualTo(StageState.Fresh));
    }

    [Test]
    public async Task A_finished_archive_lies_on_the_device_once()
    {
        if (!OperatingSystem.IsLinux())
            return;
        _server.Serve(Name, Zip(seed: 1));
        var built = await BuildAsync();
        var entries = Directory.EnumerateFiles(_checkout["artifacts/store/entries"], Name, SearchOption.AllDirectories).Single();

        Assert.That(Inode.Of(entries), Is.EqualTo(Inode.Of(_checkout["data/raw/rooms/" + Name])));
        Assert.That(built.State, Is.EqualTo(StageState.Ran));
    }
}
