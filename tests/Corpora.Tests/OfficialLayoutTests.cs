using Tmrvc.BuildGraph;

namespace Tmrvc.Corpora.Tests;

/// <summary>Trees in the layouts of the official archives through the preprocessing stage.</summary>
public class OfficialLayoutTests
{
    private static async Task<LooseRun> Run(string root, CorpusLayout layout, string name, SplitSettings? split = null)
    {
        var settings = new PreprocessSettings
        {
            Corpus = new CorpusSettings { Name = name, Layout = layout, Split = split ?? new() }, Vad = VadKind.Energy, MinSeconds = 0.5, MaxSeconds = 15,
        };
        var stage = new PreprocessStage("Preprocess", settings, new(24000, -23), new StageInput.Files("audio", root, "**"), vadModel: null);
        var run = new LooseRun(stage.Id, new Dictionary<string, string> { ["audio"] = root });
        await run.RunAsync(stage);
        return run;
    }

    private static Dictionary<string, Utterance> Utterances(LooseRun run) =>
        UtteranceIndex.Read(run.Output(PreprocessStage.Segments)).ToDictionary(utterance => utterance.Id);

    private static void RequireFound(LooseRun run, CorpusTree tree, string name)
    {
        var expected = tree.Usable.Select(path => $"{name}/{Path.ChangeExtension(path, null)}-000");
        Assert.That(Utterances(run).Keys, Is.EquivalentTo(expected));
        var quarantine = JsonLines.Read<QuarantinedItem>(run.Output(PreprocessStage.Quarantine)).ToDictionary(item => item.Id, item => item.Reason);
        Assert.That(quarantine.Keys, Is.EquivalentTo(tree.Quarantined.Keys));
        foreach (var (path, reason) in tree.Quarantined)
            Assert.That(quarantine[path], Does.Contain(reason), path);
    }

    [Test]
    public async Task Vctk_is_read_from_the_first_microphone_with_or_without_texts()
    {
        using var folder = new TemporaryFolder();
        var tree = VctkTree.Write(folder.Root);
        using var run = await Run(folder.Root, CorpusLayout.Vctk, "vctk");
        RequireFound(run, tree, "vctk");
        var utterances = Utterances(run);
        var first = utterances["vctk/wav48_silence_trimmed/p225/p225_001_mic1-000"];
        Assert.That(
            (first.Speaker, first.Sex, first.Language, first.Licence, first.Transcript),
            Is.EqualTo(("p225", Sex.Female, "en", "CC-BY-4.0", "Please call Stella.")));
        Assert.That(first.Seconds, Is.InRange(0.5, 2));
        Assert.That(utterances["vctk/wav48_silence_trimmed/p225/p225_003_mic1-000"].Transcript, Is.Null);
        Assert.That(utterances["vctk/wav48_silence_trimmed/p315/p315_001_mic1-000"].Transcript, Is.Null);
        Assert.That(utterances["vctk/wav48_silence_trimmed/p315/p315_001_mic1-000"].Sex, Is.EqualTo(Sex.Male));
        Assert.That(utterances.Values.Select(utterance => utterance.Speaker).Distinct(), Is.EquivalentTo(["p225", "p280", "p315", "p362", "s5"]));
    }

    [Test]
    public async Task Jvs_is_read_without_whispers_and_falsetto()
    {
        using var folder = new TemporaryFolder();
        var tree = JvsTree.Write(folder.Root);
        using var run = await Run(folder.Root, CorpusLayout.Jvs, "jvs");
        RequireFound(run, tree, "jvs");
        var utterances = Utterances(run);
        var parallel = utterances["jvs/jvs_ver1/jvs001/parallel100/wav24kHz16bit/VOICEACTRESS100_001-000"];
        Assert.That((parallel.Speaker, parallel.Sex, parallel.Language), Is.EqualTo(("jvs001", Sex.Male, "ja")));
        Assert.That(parallel.Transcript, Does.StartWith("また、東寺のように"));
        Assert.That(parallel.Licence, Does.Contain("no redistribution"));
        Assert.That(
            utterances["jvs/jvs_ver1/jvs002/nonpara30/wav24kHz16bit/BASIC5000_0025-000"].Transcript, Is.EqualTo("多くの:人。"));
        Assert.That(
            utterances["jvs/jvs_ver1/jvs001/parallel100/wav24kHz16bit/VOICEACTRESS100_002-000"].Transcript, Is.Null);
    }

    [Test]
    public async Task LibriTts_r_is_read_from_all_subsets_and_the_normalised_text_goes_first()
    {
        using var folder = new TemporaryFolder();
        var tree = LibriTtsRTree.Write(folder.Root);
        using var run = await Run(folder.Root, CorpusLayout.LibrittsR, "libritts_r");
        RequireFound(run, tree, "libritts_r");
        var utterances = Utterances(run);
        var chapter = "libritts_r/LibriTTS_R/train-clean-100/103/1240/103_1240_000000_00000";
        Assert.That(
            (utterances[chapter + "1-000"].Transcript, utterances[chapter + "2-000"].Transcript, utterances[chapter + "3-000"].Transcript),
            Is.EqualTo(("Chapter one.", "Only 1 original.", (string?)null)));
        var development = utterances["libritts_r/LibriTTS_R/dev-clean/84/121123/84_121123_000007_000001-000"];
        Assert.That((development.Speaker, development.Sex, development.Language), Is.EqualTo(("84", Sex.Male, "en")));
    }

    [TestCase("wav48_silence_trimmed/p225/p225_001_mic1.flac", true)]
    [TestCase("wav48_silence_trimmed/p225/p225_001_mic2.flac", false)]
    [TestCase("wav48_silence_trimmed/p225/._p225_001_mic1.flac", false)]
    [TestCase("txt/p225/p225_001.txt", false)]
    [TestCase("speaker-info.txt", false)]
    public void Vctk_recordings_are_told_by_place_and_microphone(string path, bool recording) =>
        Assert.That(new VctkLayout().IsRecording(path), Is.EqualTo(recording));

    [Test]
    public async Task A_split_is_the_same_whatever_else_the_corpus_holds()
    {
        var halves = new SplitSettings { TestShare = 0.5, ValidationShare = 0.2 };
        using var folder = new TemporaryFolder();
        VctkTree.Write(folder.Root);
        using var whole = await Run(folder.Root, CorpusLayout.Vctk, "vctk", halves);
        Directory.Delete(folder["wav48_silence_trimmed/p362"], recursive: true);
        using var smaller = await Run(folder.Root, CorpusLayout.Vctk, "vctk", halves);
        var before = Utterances(whole);
        Assert.That(Utterances(smaller).Values.Select(utterance => utterance.Split).Distinct().Count(), Is.GreaterThan(1));
        Assert.That(
            Utterances(smaller).Values.Select(utterance => (utterance.Id, utterance.Split)),
            Is.All.Matches<(string Id, Split Split)>(now => before[now.Id].Split == now.Split));
    }
}
