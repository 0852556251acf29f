using Tmrvc.ArtifactStore;
using Tmrvc.Audio;
using Tmrvc.BuildGraph;
using Tmrvc.Corpora;

namespace Tmrvc.Features.Tests;

/// <summary>A corpus of many files in many shards: a change costs one item of each stage and one shard, however many others there are.</summary>
public sealed class ManyFilesTests
{
    private const int Files = 400, FilesPerSpeaker = 40, NamesPerWindow = 10;

    private static readonly SignalParameters Parameters = new(24000, 1024, 240, 960, 80, 0, 12000, 1e-10);

    private readonly string _root = Directory.CreateTempSubdirectory("many-files").FullName;

    [OneTimeSetUp]
    public async Task BuildAll()
    {
        var speech = AudioFile.Read(MiniCorpus.English);
        for (var number = 0; number < Files; number++)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(PathOf(number))!);
            if (number % NamesPerWindow == 0)
                AudioFile.WriteWav16(PathOf(number), Window(speech, 0.3 + 0.3 * number / Files));
            else
                HardLink.TryCreate(PathOf(number / NamesPerWindow * NamesPerWindow), PathOf(number));
        }
        var built = await Build();
        Assert.That(Metrics(built, "items_processed"), Is.EqualTo([Files, Files]));
        Assert.That(built["Features"].Record!.Metrics["groups_processed"], Is.InRange(5, 100));
    }

    [OneTimeTearDown]
    public void Delete() => Directory.Delete(_root, recursive: true);

    private string PathOf(int number) => Path.Combine(_root, "voices", $"speaker {number / FilesPerSpeaker}", $"{number:000}.wav");

    private static AudioBuffer Window(AudioBuffer speech, double start) => speech.Slice(speech.RangeOf(start, start + 0.3));

    private Engine Engine()
    {
        var settings = new PreprocessSettings { Vad = VadKind.Energy, MinSeconds = 0.1, Steps = [PreprocessStep.Resample, PreprocessStep.Normalize] };
        Stage[] stages =
        [
            new PreprocessStage("Preprocess", settings, new(24000, -23), new StageInput.Files("recordings", "voices", "**"), vadModel: null),
            new FeaturesStage("Features", new FeaturesSettings { ShardMebibytes = 1 }, Parameters,
                new StageInput.Output("segments", "Preprocess", PreprocessStage.Segments)),
        ];
        return new Engine(new StageGraph(stages), new EngineOptions { Root = _root, Profile = "smoke", Clock = TimeProvider.System });
    }

    /// <summary>A file that was written a moment ago is read again, lest its time tells nothing.</summary>
    private async Task<RunSummary> BuildLater()
    {
        await Task.Delay(100);
        return await Build();
    }

    private Task<RunSummary> Build() => Engine().Start(["Features"], RunOptions.Default, new SilentObserver()).Finished;

    private static double[] Metrics(RunSummary run, string name) => [.. run.Stages.Select(stage => stage.Record!.Metrics[name])];

    private static string[] Shards(RunSummary run) =>
        [.. Directory.EnumerateFiles(run["Features"].OutputPath(FeaturesStage.Features), "*.safetensors").Select(path => $"{FileHash.Compute(path)}")];

    [Test]
    public async Task A_changed_an_added_and_a_removed_file_cost_one_item_and_one_shard_each()
    {
        var before = Shards(await BuildLater());
        var speech = AudioFile.Read(MiniCorpus.Italian);
        File.Delete(PathOf(234));
        AudioFile.WriteWav16(PathOf(234), Window(speech, 0.4));
        var changed = await BuildLater();
        AudioFile.WriteWav16(PathOf(234).Replace("234", "new"), Window(speech, 0.7));
        var added = await BuildLater();
        File.Delete(PathOf(321));
        var removed = await BuildLater();

        Assert.That(new[] { changed, added, removed }.Select(run => run.FilesHashed), Is.EqualTo([1, 1, 0]), "recordings read");
        Assert.That(Metrics(changed, "items_processed"), Is.EqualTo([1, 1]));
        Assert.That(Metrics(added, "items_processed"), Is.EqualTo([1, 1]));
        Assert.That(Metrics(removed, "items_processed"), Is.EqualTo([0, 0]));
        foreach (var run in new[] { changed, added, removed })
            Assert.That(run["Features"].Record!.Metrics["groups_processed"], Is.EqualTo(1));
        Assert.That(Shards(changed).Except(before).Count(), Is.EqualTo(1));
    }

    [Test]
    public async Task Nothing_is_to_be_done_twice()
    {
        await BuildLater();
        var again = await Build();
        Assert.That(again.Stages.Select(stage => stage.State), Is.All.EqualTo(StageState.Fresh));
        Assert.That(again.FilesHashed, Is.Zero);
        Assert.That(Engine().Plan(["Features"], Force.None).IsFresh);
    }
}
