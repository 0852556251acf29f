using System.IO.Compression;
using System.Security.Cryptography;
using Tmrvc.EndToEnd.Harness;
using Tmrvc.Support;

namespace Tmrvc.EndToEnd;

/// <summary>An archive of about 25 parts is fetched by front doors that are killed.</summary>
[Category("EndToEnd"), FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class KilledDownloadTests : IAsyncDisposable
{
    private const string Name = "corpus.zip";
    private const int PartLength = 65_536;

    private readonly FaultyFileServer _server = new();
    private readonly Workspace _workspace = Workspace.Create("archive");
    private readonly byte[] _archive = Archive();

    public KilledDownloadTests()
    {
        _server.Serve(Name, _archive);
        _workspace.Edit("profiles/archive.yaml", "ADDRESS", $"'{_server.Address}'");
    }

    public async ValueTask DisposeAsync()
    {
        _workspace.Dispose();
        await _server.DisposeAsync();
    }

    private string Journal => Path.Combine(_workspace.Root, "data", "raw", "vctk", Name + ".partial.parts");

    private int PartsDone => File.Exists(Journal) ? Math.Max(0, File.ReadAllLines(Journal).Length - 5) : 0;

    private static byte[] Archive()
    {
        var noise = new byte[100_000];
        var random = new Random(1);
        using var bytes = new MemoryStream();
        using (var zip = new ZipArchive(bytes, ZipArchiveMode.Create, leaveOpen: true))
            for (var i = 1; i <= 8; i++)
                foreach (var microphone in new[] { 1, 2 })
                {
                    random.NextBytes(noise);
                    using var entry = zip.CreateEntry($"wav48_silence_trimmed/p225/p225_{i:000}_mic{microphone}.flac").Open();
                    entry.Write(noise);
                }
        return bytes.ToArray();
    }

    /// <summary>Starts a front door and ends it when so many parts have arrived; the server then holds the others back.</summary>
    private FinishedRun Disturb(int parts, Action<FrontDoorProcess> disturb)
    {
        _server.Plan = request => PartsDone >= parts ? new FileFault.Stall() : null;
        using var process = _workspace.Start("--target=FetchVctk");
        Assert.That(process.WaitUntil(() => PartsDone >= parts), Is.True, "parts of the archive");
        disturb(process);
        return process.Finish();
    }

    [Test]
    public void Killed_and_terminated_downloads_go_on_to_the_same_bytes()
    {
        Disturb(5, process => process.Kill());
        Disturb(12, process => process.Terminate()).With(code: 75);
        var done = PartsDone;
        _server.Plan = FileFaultPlans.None;
        var before = _server.Requests.Count;
        _workspace.Run("--target=FetchVctk").With(code: 0);

        Assert.That(done, Is.GreaterThanOrEqualTo(12));
        Assert.That(
            _server.Requests.Skip(before).Count(request => !request.IsProbe), Is.EqualTo((_archive.Length + PartLength - 1) / PartLength - done));
        Assert.That(_workspace.Locks["FetchVctk"], Does.Contain($"{Name}: {Convert.ToHexStringLower(SHA256.HashData(_archive))}"));
        Assert.That(Directory.EnumerateFiles(Path.GetDirectoryName(Journal)!).Select(Path.GetFileName), Is.EqualTo([Name]));
    }

    [Test]
    public void Unpacking_otherwise_downloads_nothing_again()
    {
        _workspace.Run("--target=ExtractVctk").With(code: 0);
        var before = _server.Requests.Count;
        Assert.That(_workspace.Metric("ExtractVctk", "files"), Is.EqualTo(8));

        _workspace.Edit("profiles/archive.yaml", "*_mic1.flac", "*_mic2.flac");
        var again = _workspace.Run("--target=ExtractVctk").With(code: 0);
        Assert.That(again.Ran, Is.EqualTo(["ExtractVctk"]));
        Assert.That(_server.Requests, Has.Count.EqualTo(before));
    }
}
