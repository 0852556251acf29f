using System.Security.Cryptography;
using Tmrvc.Audio;
using Tmrvc.BuildGraph;

namespace Tmrvc.Corpora.Tests;

public class PreprocessStageTests
{
    private static readonly string SileroModel = Path.Combine(AppContext.BaseDirectory, "silero_vad_v6.onnx");

    private static PreprocessSettings Settings(CorpusLayout layout) => new()
    {
        Corpus = new CorpusSettings { Name = "mini", Layout = layout, Language = "en", Licence = "CC0-1.0" },
        MinSeconds = 0.5,
        MaxSeconds = 8,
    };

    private static async Task<LooseRun> Run(string root, PreprocessSettings settings)
    {
        var stage = new PreprocessStage(
            "PreprocessMini", settings, new(24000, -23), new StageInput.Files("audio", root, "**/*"), SileroModel);
        var run = new LooseRun(stage.Id, new Dictionary<string, string> { ["audio"] = root, ["vad-model"] = SileroModel });
        await run.RunAsync(stage);
        return run;
    }

    private static IReadOnlyList<Utterance> Utterances(LooseRun run) => UtteranceIndex.Read(run.Output(PreprocessStage.Segments));

    private static Dictionary<string, string> Quarantine(LooseRun run) =>
        JsonLines.Read<QuarantinedItem>(run.Output(PreprocessStage.Quarantine))
            .ToDictionary(item => item.Id, item => item.Reason);

    [Test]
    public async Task Prompts_become_segments_with_an_index_and_silence_is_quarantined()
    {
        using var run = await Run(MiniCorpus.Root, Settings(CorpusLayout.Prompts));
        var utterances = Utterances(run);
        Assert.That(utterances.Select(utterance => utterance.Id), Is.Ordered.Using((IComparer<string>)StringComparer.Ordinal));
        Assert.That(
            utterances.Select(utterance => utterance.Speaker).Distinct(), Is.EquivalentTo(["Allison", "Carlo", "IvrvoiceRU"]));
        Assert.That(utterances.Select(utterance => utterance.Seconds), Is.All.InRange(0.5, 8));
        Assert.That(Quarantine(run), Contains.Key("en_US_f_Allison/silence/1.g722"));

        var english = utterances.Single(utterance => utterance.Id == "mini/en_US_f_Allison/conf-full-000");
        Assert.That(english.Transcript, Is.EqualTo("That conference is full."));
        var audio = AudioFile.Read(Path.Combine(run.Output(PreprocessStage.Segments), english.Path));
        Assert.That(audio.SampleRate, Is.EqualTo(24000));
        Assert.That(audio.Seconds, Is.EqualTo(english.Seconds).Within(1e-3));
    }

    [Test]
    public async Task Segments_of_one_recording_share_its_split_and_have_no_transcript()
    {
        using var run = await Run(MiniCorpus.Root, Settings(CorpusLayout.Prompts));
        var pieces = Utterances(run)
            .Where(utterance => utterance.Id.StartsWith("mini/en_US_f_Allison/vm-options-", StringComparison.Ordinal)).ToList();
        Assert.That(pieces, Has.Count.GreaterThan(1));
        Assert.That(pieces.Select(piece => piece.Split).Distinct().Count(), Is.EqualTo(1));
        Assert.That(pieces.Select(piece => piece.Transcript), Is.All.Null);
        Assert.That(pieces.Select(piece => piece.Start), Is.Ordered.And.Unique);
    }

    [Test]
    public async Task The_bytes_do_not_depend_on_the_number_of_workers()
    {
        using var one = await Run(MiniCorpus.Root, Settings(CorpusLayout.Prompts) with { Workers = 1 });
        using var four = await Run(MiniCorpus.Root, Settings(CorpusLayout.Prompts) with { Workers = 4 });
        Assert.That(Digest(one), Is.EqualTo(Digest(four)));
    }

    private static string[] Digest(
        LooseRun run) => [.. Directory.EnumerateFiles(run.Output(PreprocessStage.Segments), "*", SearchOption.AllDirectories)
        .Append(run.Output(PreprocessStage.Quarantine)).Order(StringComparer.Ordinal)
        .Select(path => Path.GetFileName(path) + Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(path))))];

    [Test]
    public async Task Files_that_cannot_be_used_are_quarantined_by_reason_and_the_others_go_on()
    {
        using var folder = new TemporaryFolder();
        var speech = AudioFile.Read(MiniCorpus.English);
        AudioFile.WriteFlac16(folder.New("ann/good.flac"), speech);
        AudioFile.WriteWav16(folder.New("Zoë Ünal/naïve 'take' #2 – 声.wav"), speech);
        AudioFile.WriteWav16(folder.New("ann/good.wav"), AudioFile.Read(MiniCorpus.Italian));
        AudioFile.WriteWav16(folder.New("stray.wav"), speech);
        AudioFile.WriteWav16(folder.New("ann/silent.wav"), Signals.Silence(2));
        AudioFile.WriteWav16(folder.New("ann/tone.wav"), Signals.Tone(2, 0.2));
        File.WriteAllBytes(folder.New("ann/empty.wav"), []);
        File.WriteAllText(folder.New("ann/text.wav"), "this is not audio at all, only some words");
        File.WriteAllText(folder.New("ann/notes.md"), "# notes");
        File.WriteAllBytes(folder.New("ann/cut.flac"), File.ReadAllBytes(folder["ann/good.flac"])[..4000]);

        using var run = await Run(folder.Root, Settings(CorpusLayout.Folder));
        Assert.That(
            Utterances(run).Select(utterance => utterance.Id),
            Is.EqualTo(["mini/Zoë Ünal/naïve 'take' #2 – 声-000", "mini/ann/good-000"]));
        var quarantine = Quarantine(run);
        Assert.That(quarantine.Keys, Is.EquivalentTo([
            "ann/cut.flac", "ann/empty.wav", "ann/good.wav", "ann/notes.md", "ann/silent.wav", "ann/text.wav", "ann/tone.wav", "stray.wav"]));
        Assert.That(quarantine["ann/empty.wav"], Does.StartWith("empty"));
        Assert.That(quarantine["ann/good.wav"], Does.StartWith("has the name of ann/good.flac, which is used"));
        Assert.That(quarantine["ann/notes.md"], Does.StartWith("not an audio file: extension '.md'"));
        Assert.That(quarantine["ann/silent.wav"], Does.StartWith("silent"));
        Assert.That(quarantine["ann/text.wav"], Does.StartWith("not audio: text"));
        Assert.That(quarantine["ann/tone.wav"], Is.EqualTo("no speech was found in it"));
        Assert.That(quarantine["stray.wav"], Does.StartWith("lies outside a speaker's folder"));
    }

    [Test]
    public async Task A_recording_that_is_too_long_is_a_line_of_the_quarantine()
    {
        using var folder = new TemporaryFolder();
        AudioFile.WriteFlac16(folder.New("ann/short.flac"), AudioFile.Read(MiniCorpus.English));
        AudioFile.WriteFlac16(folder.New("ann/long.flac"), AudioFile.Read(MiniCorpus.LongEnglish));
        using var run = await Run(folder.Root, Settings(CorpusLayout.Folder) with { Quality = new() { MaxRecordingSeconds = 10 } });
        Assert.That(Utterances(run).Select(utterance => utterance.Id), Is.EqualTo(["mini/ann/short-000"]));
        Assert.That(Quarantine(run)["ann/long.flac"], Is.EqualTo("too long: 16.4 s or more, 10 s at most is allowed"));
    }

    [Test]
    public void The_number_of_workers_is_runtime_only() =>
        Assert.That(
            typeof(PreprocessSettings).GetProperty(nameof(PreprocessSettings.Workers))!.IsDefined(
                typeof(Configuration.RuntimeOnlyAttribute), inherit: false));

    [Test]
    public void Settings_out_of_range_are_all_named()
    {
        var settings = new PreprocessSettings
        {
            Steps = [PreprocessStep.Segment, PreprocessStep.Segment], MinSeconds = 0, MaxSeconds = -1, MaxPauseSeconds = double.NaN, Workers = -1, EnergyLevelDb = 3,
        };
        Assert.That(
            settings.Mistakes().Select(mistake => mistake.Property),
            Is.EqualTo(["steps", "energy_level_db", "min_seconds", "max_seconds", "max_pause_seconds", "workers"]));
    }
}
