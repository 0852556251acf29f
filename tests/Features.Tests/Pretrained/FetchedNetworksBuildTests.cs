using System.Security.Cryptography;
using Tmrvc.Audio;
using Tmrvc.BuildGraph;
using Tmrvc.Corpora;

namespace Tmrvc.Features.Tests;

/// <summary>Networks from a server, through the engine, to features of a small corpus.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class FetchedNetworksBuildTests : IAsyncDisposable
{
    private static readonly SignalParameters Parameters = new(24000, 1024, 240, 960, 80, 0, 12000, 1e-10);
    private static readonly FeaturesSettings WithNetworks = new() { Content = ContentKind.ContentVec, F0 = F0Kind.Rmvpe, Speaker = SpeakerKind.Ecapa, Workers = 2 };

    private readonly FaultyFileServer _server = new();
    private readonly string _root = Directory.CreateTempSubdirectory("fetched-networks").FullName;

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        Directory.Delete(_root, recursive: true);
    }

    private RemoteFile Served(string name, byte[] content) => new()
    {
        Name = name, Urls = [_server.Serve(name, content)], Bytes = content.Length, Sha256 = Convert.ToHexStringLower(SHA256.HashData(content)),
    };

    private Task<RunSummary> Build(FeaturesSettings settings, byte[]? rmvpe = null)
    {
        var pretrained = new PretrainedSettings
        {
            Files = new Dictionary<string, RemoteFile>
            {
                ["contentvec"] = Served("vec.onnx", TinyNetworks.ContentVec()),
                ["rmvpe"] = Served("rmvpe.onnx", rmvpe ?? TinyNetworks.Rmvpe()),
                ["ecapa"] = Served("ecapa.onnx", TinyNetworks.Ecapa()),
            },
        };
        Stage[] fetching = settings.Networks().Any()
            ? [pretrained.Fetching("FetchModels", settings.Networks(), Path.Combine(_root, "models"), DownloadClient.Create, TimeProvider.System)]
            : [];
        var corpus = new PreprocessSettings
        {
            Corpus = new() { Name = "mini", Layout = CorpusLayout.Prompts }, Vad = VadKind.Energy, MinSeconds = 0.5, MaxSeconds = 8,
        };
        Stage[] stages =
        [
            .. fetching,
            new PreprocessStage("Preprocess", corpus, new(24000, -23), new StageInput.Files("audio", MiniCorpus.Root, "**/*"), vadModel: null),
            new FeaturesStage(
                "Features", settings, Parameters, new StageInput.Output("segments", "Preprocess", PreprocessStage.Segments),
                pretrained.Of(settings.Networks(), "FetchModels")),
        ];
        return new Engine(new StageGraph(stages), new EngineOptions { Root = _root, Profile = "smoke", Clock = TimeProvider.System })
            .Start(["Features"], RunOptions.Default, new SilentObserver()).Finished;
    }

    [Test]
    public async Task Networks_are_fetched_once_and_shape_the_features()
    {
        var run = await Build(WithNetworks);
        var again = await Build(WithNetworks with { Workers = 1, Provider = InferenceProvider.Cpu });

        Assert.That(run.Result, Is.EqualTo(RunResult.Done), () => string.Join('\n', run.Stages.Select(stage => stage.Reason)));
        Assert.That(again.Stages.Select(stage => stage.State), Is.All.EqualTo(StageState.Fresh));
        using var shards = FeatureShards.Open(run["Features"].OutputPath(FeaturesStage.Features));
        Assert.That((shards.ContentDimension, shards.SpeakerDimension), Is.EqualTo((768, 192)));
        for (var i = 0; i < shards.Utterances.Count; i++)
            Assert.That(
                (shards.Content(i).Length, shards.F0(i).Length, shards.Speaker(i).Length),
                Is.EqualTo((768 * shards.Utterances[i].Frames, shards.Utterances[i].Frames, 192)));
    }

    [Test]
    public async Task Another_network_changes_the_features_and_the_embedded_extractors_know_none()
    {
        var before = await Build(WithNetworks);
        var unvoiced = new OnnxModel()
            .Input("mel", OnnxModel.Float, "1", "128", "frames").Constant("weight", new float[360 * 128], 360, 128, 1)
            .Node("Conv", ["mel", "weight"], "rows").Node("Transpose", ["rows"], "hidden", ("perm", [0, 2, 1]))
            .Output("hidden", OnnxModel.Float, "1", "frames", "360");
        var after = await Build(WithNetworks, unvoiced.ToArray());
        var embedded = await Build(new FeaturesSettings());

        Assert.That(after["Features"].State, Is.EqualTo(StageState.Ran));
        Assert.That(Voiced(before), Is.Positive);
        Assert.That(Voiced(after), Is.Zero);
        Assert.That(embedded.Stages.Select(stage => stage.Stage.Value), Is.EqualTo(["Preprocess", "Features"]));
        using var shards = FeatureShards.Open(embedded["Features"].OutputPath(FeaturesStage.Features));
        Assert.That(shards.SpeakerDimension, Is.Zero);
        Assert.That(() => shards.Speaker(0).Length, Throws.InvalidOperationException.With.Message.Contains("set features.speaker to ecapa"));
    }

    private static int Voiced(RunSummary run)
    {
        using var shards = FeatureShards.Open(run["Features"].OutputPath(FeaturesStage.Features));
        return Enumerable.Range(0, shards.Utterances.Count).Sum(i => shards.F0(i).ToArray().Count(hertz => hertz > 0));
    }

    [Test]
    public async Task A_file_that_is_another_network_stops_the_stage_and_is_named()
    {
        var run = await Build(WithNetworks, TinyNetworks.ContentVec());

        Assert.That(run.Result, Is.EqualTo(RunResult.Failed));
        Assert.That(run["Features"].Reason, Does.Contain("rmvpe.onnx: is not RMVPE").And.Contain("log-mel [1, 128, T]"));
    }
}
