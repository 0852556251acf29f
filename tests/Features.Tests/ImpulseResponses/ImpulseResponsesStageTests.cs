using Tmrvc.BuildGraph;
using Tmrvc.Corpora;

namespace Tmrvc.Features.Tests;

[Platform("Linux")]
public sealed class ImpulseResponsesStageTests
{
    private CorpusFolder _air = null!;
    private LooseRun _airRun = null!;

    [OneTimeSetUp]
    public async Task RunAir()
    {
        _air = new CorpusFolder(ResponseCorpora.WriteAir);
        _airRun = await RunAsync(_air, new() { Name = "air", Layout = ResponseLayout.Air });
    }

    [OneTimeTearDown]
    public void Clean()
    {
        _airRun.Dispose();
        _air.Dispose();
    }

    [Test]
    public void Air_becomes_responses_of_its_rooms_and_what_cannot_be_used_is_set_aside()
    {
        using var shards = ImpulseResponseShards.Open(_airRun.Output(ImpulseResponsesStage.Responses));

        Assert.That(shards.Responses.Select(response => response.Room).Distinct().Order(StringComparer.Ordinal), Is.EqualTo(new[]
            { "aula_carolina", "bathroom", "booth", "corridor", "kitchen", "lecture", "meeting", "office", "stairway" }));
        Assert.That(shards.Responses.Count(response => response.Room == "stairway"), Is.EqualTo(3));
        Assert.That(shards.Responses.Select(response => (response.SampleRate, response.Direct, response.BandwidthHz)), Is.All.EqualTo((24000, 60, 12000)));
        Assert.That(Rt60Of(shards, "air/AIR_1_4/air_binaural_lecture_0_1_3"), Is.EqualTo(0.8).Within(5).Percent);
        Assert.That(Rt60Of(shards, "air/AIR_1_4/air_binaural_meeting_1_0_2"), Is.EqualTo(0.25).Within(5).Percent);
        Assert.That(Rt60Of(shards, "air/AIR_1_4/air_binaural_aula_carolina_1_1_1_90_3"), Is.EqualTo(3), "7 s are beyond what is told");
        var length = BitConverter.ToInt32(File.ReadAllBytes(Path.Combine(_air.Root, "AIR_1_4/air_binaural_office_0_1_1.mat")), 132);
        Assert.That(Quarantine(_airRun), Is.EqualTo(new[]
        {
            ("AIR_1_4/air_binaural_office_0_1_2.mat", $"cut short: the element at byte 128 has {length} bytes, 1864 are there"),
            ("AIR_1_4/air_binaural_office_0_1_3.mat", "air_info.fs is missing, a rate of 8000 to 192000 Hz is allowed"),
        }));
        Assert.That((_airRun.Metrics["responses"], _airRun.Metrics["rooms"], _airRun.Metrics["quarantined"]), Is.EqualTo((12, 9, 2)));
    }

    [Test]
    public async Task But_reverb_db_becomes_responses_that_do_not_tell_about_the_highest_bands()
    {
        using var corpus = new CorpusFolder(ResponseCorpora.WriteButReverbDb);
        using var run = await RunAsync(corpus, But);
        using var shards = ImpulseResponseShards.Open(run.Output(ImpulseResponsesStage.Responses));

        Assert.That(shards.Responses, Has.Count.EqualTo(6));
        Assert.That(shards.Responses.Select(response => response.Id), Is.All.Contains("/RIR/").And.All.Not.Contains("backup"));
        for (var i = 0; i < 6; i++)
            Assert.That(shards.Parameters(i).Mask, Is.EqualTo(new[] { 1f, 1, 1, 1, 1, 1, 0, 0 }));
        Assert.That(Quarantine(run), Is.EqualTo(new[]
        {
            ("VUT_FIT_Q301/MicID01/SpkID03_20171225_S/03/RIR/cut.wav", "not readable as audio: a RIFF (wav) file (Format not recognised)"),
            ("VUT_FIT_Q301/MicID01/SpkID04_20171225_S/04/RIR/silent.wav", "silence"),
            ("VUT_FIT_Q301/MicID01/SpkID05_20171225_S/05/RIR/two.wav", "has 2 channels, a response has one; give each microphone a file of its own"),
        }));
    }

    [Test]
    public void Each_room_is_of_one_split_and_some_are_held_out()
    {
        using var shards = ImpulseResponseShards.Open(_airRun.Output(ImpulseResponsesStage.Responses));

        var splits = shards.Responses.GroupBy(response => response.Room).Select(room => room.Select(response => response.Split).Distinct().Single());
        Assert.That(splits, Is.EquivalentTo(new[] { Split.Test, Split.Validation }.Concat(Enumerable.Repeat(Split.Train, 7))));
    }

    [Test]
    public async Task Two_folders_of_one_corpus_are_refused()
    {
        using var corpus = new CorpusFolder(ResponseCorpora.WriteButReverbDb);
        using var run = await RunAsync(corpus, But);
        var folder = run.Output(ImpulseResponsesStage.Responses);

        Assert.That(() => ImpulseResponseShards.Open(folder, folder), Throws.TypeOf<InvalidDataException>().With.Message.Contains("corpus 'but' is already"));
    }

    private static ResponseCorpusSettings But => new() { Name = "but", Layout = ResponseLayout.ButReverbDb, Workers = 2 };

    private static async Task<LooseRun> RunAsync(CorpusFolder corpus, ResponseCorpusSettings settings)
    {
        var stage = new ImpulseResponsesStage("Responses", settings, 24000, SpeechCorpus.Bands, new StageInput.Files("recordings", corpus.Root, "**"));
        var run = new LooseRun(stage.Id, new Dictionary<string, string> { ["recordings"] = corpus.Root });
        await run.RunAsync(stage);
        return run;
    }

    private static double Rt60Of(ImpulseResponseShards shards, string id)
    {
        var parameters = shards.Parameters(shards.Responses.ToList().FindIndex(response => response.Id == id));
        return Enumerable.Range(0, 8).Average(parameters.Rt60);
    }

    private static IEnumerable<(string Id, string Reason)> Quarantine(LooseRun run) =>
        JsonLines.Read<QuarantinedItem>(run.Output(ImpulseResponsesStage.Quarantine)).Select(item => (item.Id, item.Reason));
}

/// <summary>A corpus of one test.</summary>
internal sealed class CorpusFolder : IDisposable
{
    internal CorpusFolder(Action<string> write) => write(Root);

    internal string Root { get; } = Directory.CreateTempSubdirectory("responses").FullName;

    public void Dispose() => Directory.Delete(Root, recursive: true);
}
