using Tmrvc.Audio;
using Tmrvc.BuildGraph;
using Tmrvc.Corpora;

namespace Tmrvc.Features.Tests;

/// <summary>A folder of voices through the engine: what is done again after what kind of change.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class FolderCorpusBuildTests : IDisposable
{
    private static readonly SignalParameters Parameters = new(24000, 1024, 240, 960, 80, 0, 12000, 1e-10);

    private readonly string _root = Directory.CreateTempSubdirectory("folder-corpus").FullName;

    public FolderCorpusBuildTests()
    {
        var (english, italian) = (AudioFile.Read(MiniCorpus.English), AudioFile.Read(MiniCorpus.Italian));
        for (var take = 0; take < 6; take++)
        {
            AudioFile.WriteFlac16(New($"voices/ann/take {take}.flac"), Fading(english, take));
            AudioFile.WriteWav16(New($"voices/Zoë/{take}.wav"), Fading(italian, take));
        }
    }

    public void Dispose() => Directory.Delete(_root, recursive: true);

    /// <summary>The same speech, a little quieter for each take: no two files are equal.</summary>
    private static AudioBuffer Fading(AudioBuffer audio, int take) =>
        audio with { Samples = [.. audio.Samples.Select(sample => sample * (1 - 0.1f * take))] };

    private string New(string path)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(_root, path))!);
        return Path.Combine(_root, path);
    }

    private Task<RunSummary> Build(int workers = 0, double minSeconds = 0.5)
    {
        var settings = new PreprocessSettings { Vad = VadKind.Energy, MinSeconds = minSeconds, Workers = workers };
        Stage[] stages =
        [
            new PreprocessStage("PreprocessFolder", settings, new(24000, -23), new StageInput.Files("recordings", "voices", "**"), vadModel: null),
            new FeaturesStage("FeaturesFolder", new FeaturesSettings { Workers = workers }, Parameters,
                new StageInput.Output("segments", "PreprocessFolder", PreprocessStage.Segments)),
        ];
        var options = new EngineOptions { Root = _root, Profile = "smoke", Clock = TimeProvider.System };
        return new Engine(
            new StageGraph(stages), options).Start(["FeaturesFolder"], RunOptions.Default, new SilentObserver()).Finished;
    }

    private static StageState[] States(RunSummary run) => [.. run.Stages.Select(stage => stage.State)];

    private static double[] Processed(RunSummary run) =>
        [.. run.Stages.Select(stage => stage.Record!.Metrics["items_processed"])];

    [Test]
    public async Task A_second_build_with_other_workers_and_touched_files_does_nothing()
    {
        Assert.That(States(await Build(workers: 2)), Is.EqualTo([StageState.Ran, StageState.Ran]));
        foreach (var file in Directory.EnumerateFiles(Path.Combine(_root, "voices"), "*", SearchOption.AllDirectories))
            File.SetLastWriteTimeUtc(file, new DateTime(2030, 1, 1, 0, 0, 0, DateTimeKind.Utc));
        Assert.That(States(await Build(workers: 1)), Is.EqualTo([StageState.Fresh, StageState.Fresh]));
    }

    [Test]
    public async Task An_added_file_is_one_item_of_each_stage()
    {
        var before = await Build();
        AudioFile.WriteWav16(New("voices/Zoë/new.wav"), AudioFile.Read(MiniCorpus.English));
        var after = await Build();
        Assert.That(Processed(before), Is.EqualTo([12, 12]));
        Assert.That(Processed(after), Is.EqualTo([1, 1]));
        using var shards = FeatureShards.Open(after["FeaturesFolder"].OutputPath(FeaturesStage.Features));
        Assert.That(shards.Utterances, Has.Count.EqualTo(13));
        Assert.That(shards.Utterances.Select(utterance => utterance.Id), Contains.Item("folder/Zoë/new-000"));
    }

    [Test]
    public async Task A_transcript_added_beside_a_file_processes_no_audio()
    {
        await Build();
        File.WriteAllText(New("voices/ann/take 3.txt"), "That conference is full.");
        var after = await Build();
        Assert.That(Processed(after), Is.EqualTo([0, 0]));
        using var shards = FeatureShards.Open(after["FeaturesFolder"].OutputPath(FeaturesStage.Features));
        Assert.That(
            shards.Utterances.Single(utterance => utterance.Transcript is not null).Id, Is.EqualTo("folder/ann/take 3-000"));
    }

    [Test]
    public async Task A_setting_that_changes_no_segment_leaves_the_features_fresh()
    {
        await Build();
        Assert.That(States(await Build(minSeconds: 0.6)), Is.EqualTo([StageState.Ran, StageState.Fresh]));
    }

    [Test]
    public async Task A_corpus_without_one_usable_file_fails_with_the_first_reason()
    {
        Directory.Delete(Path.Combine(_root, "voices"), recursive: true);
        File.WriteAllBytes(New("voices/ann/empty.wav"), []);
        var run = await Build();
        Assert.That(run.Result, Is.EqualTo(RunResult.Failed));
        Assert.That(run["PreprocessFolder"].Reason, Does.Contain("ann/empty.wav").And.Contain("empty"));
    }
}
