using System.Formats.Tar;
using System.IO.Compression;
using System.Security.Cryptography;
using Tmrvc.BuildGraph;
using Tmrvc.Corpora;

namespace Tmrvc.Features.Tests;

/// <summary>Archives in the official layouts, from a server that drops connections and damages bytes to shards of responses.</summary>
[Platform("Linux")]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class FetchedResponsesTests
{
    private const string Air = "air_database_release_1_4.zip";
    private const string But = "BUT_ReverbDB_rel_19_06_RIR-Only.tgz";

    private readonly CorpusFolder _folder = new(_ => { });
    private readonly List<LooseRun> _runs = [];

    [TearDown]
    public void Clean()
    {
        _runs.ForEach(run => run.Dispose());
        _folder.Dispose();
    }

    [Test]
    public async Task Air_comes_from_an_unreliable_server_to_shards()
    {
        using var corpus = new CorpusFolder(ResponseCorpora.WriteAir);
        ZipFile.CreateFromDirectory(corpus.Root, Archive(Air));

        await FetchAsync(Air, new ExtractSettings { Include = ["**/*.mat"] }, new() { Name = "air", Layout = ResponseLayout.Air }, partMebibytes: 0.5);

        Assert.That(Figures, Is.EqualTo((Retries: true, Restarts: true, Files: 14, Items: 12, Quarantined: 2)));
        using var shards = ImpulseResponseShards.Open(_runs[2].Output(ImpulseResponsesStage.Responses));
        Assert.That(shards.Responses.Select(response => response.Room).Distinct().Count(), Is.EqualTo(9));
    }

    [Test]
    public async Task But_reverb_db_comes_from_an_unreliable_server_to_shards()
    {
        using var corpus = new CorpusFolder(ResponseCorpora.WriteButReverbDb);
        using (var packed = new GZipStream(File.Create(Archive(But)), CompressionLevel.Fastest))
            TarFile.CreateFromDirectory(corpus.Root, packed, includeBaseDirectory: false);

        await FetchAsync(But, new ExtractSettings { Include = ["**/RIR/*.wav"] }, new() { Name = "but", Layout = ResponseLayout.ButReverbDb });

        Assert.That(Figures, Is.EqualTo((Retries: true, Restarts: true, Files: 9, Items: 6, Quarantined: 3)));
        using var shards = ImpulseResponseShards.Open(_runs[2].Output(ImpulseResponsesStage.Responses));
        Assert.That(shards.Responses.Select(response => response.Room).Distinct().Count(), Is.EqualTo(3));
    }

    private (bool Retries, bool Restarts, int Files, int Items, int Quarantined) Figures => (
        _runs[0].Metrics["retries"] > 0, _runs[0].Metrics["restarts"] > 0, (int)_runs[1].Metrics["files"], (int)_runs[2].Metrics["responses"], (int)_runs[2].Metrics["quarantined"]);

    private async Task FetchAsync(string archive, ExtractSettings extract, ResponseCorpusSettings corpus, double partMebibytes = 1 / 16.0)
    {
        await using var server = new FaultyFileServer(FileFaultPlans.Unreliable(seed: 8));
        server.Serve(archive, Archive(archive));
        var download = new DownloadSettings
        {
            Files = [new RemoteFile { Name = archive, Sha256 = Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(Archive(archive)))) }],
            Mirrors = [server.Address],
            Transfer = new() { PartMebibytes = partMebibytes, Connections = 3, Attempts = 5, FirstPauseSeconds = 0 },
        };
        var fetched = Begin("Fetch", []);
        await new DownloadStage("Fetch", download, Path.Combine(_folder.Root, "raw"), DownloadClient.Create, TimeProvider.System)
            .RunAsync(fetched, CancellationToken.None);
        var extracted = Begin("Extract", new() { [archive] = fetched.Output(archive) });
        await new ExtractStage("Extract", extract, DownloadStage.FilesOf("Fetch", download)).RunAsync(extracted, CancellationToken.None);
        await Begin("Responses", new() { ["recordings"] = extracted.Output(ExtractStage.Files) }).RunAsync(new ImpulseResponsesStage(
            "Responses", corpus, 24000, SpeechCorpus.Bands, new StageInput.Output("recordings", "Extract", ExtractStage.Files)));
        TestContext.Out.WriteLine($"{archive}: {string.Join(", ", _runs.SelectMany(run => run.Metrics.Select(m => $"{run.Stage} {m.Key} {m.Value}")))}");
    }

    private string Archive(string name) => Path.Combine(_folder.Root, name);

    private LooseRun Begin(StageId stage, Dictionary<string, string> inputs)
    {
        _runs.Add(new LooseRun(stage, inputs));
        return _runs[^1];
    }
}
