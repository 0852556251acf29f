using System.Security.Cryptography;
using Tmrvc.ArtifactStore;
using Tmrvc.Audio;
using Tmrvc.BuildGraph;
using Tmrvc.Corpora;

namespace Tmrvc.Features.Tests;

public class FeaturesStageTests
{
    private static readonly SignalParameters Parameters = new(
        SampleRate: 24000, NFft: 1024, HopLength: 240, WindowLength: 960, NMels: 80, MelFmin: 0, MelFmax: 12000, LogFloor: 1e-10);

    private LooseRun _segments = null!;

    [OneTimeSetUp]
    public async Task Preprocess()
    {
        var settings = new PreprocessSettings
        {
            Corpus = new() { Name = "mini", Layout = CorpusLayout.Prompts }, Vad = VadKind.Energy, MinSeconds = 0.5, MaxSeconds = 8,
        };
        var stage = new PreprocessStage(
            "PreprocessMini", settings, new(24000, -23), new StageInput.Files("audio", MiniCorpus.Root, "**/*"), vadModel: null);
        _segments = new LooseRun(stage.Id, new Dictionary<string, string> { ["audio"] = MiniCorpus.Root });
        await _segments.RunAsync(stage);
    }

    [OneTimeTearDown]
    public void Clean() => _segments.Dispose();

    private string Segments => _segments.Output(PreprocessStage.Segments);

    private async Task<LooseRun> Run(FeaturesSettings settings)
    {
        var stage = new FeaturesStage(
            "FeaturesMini", settings, Parameters, new StageInput.Output("segments", "PreprocessMini", PreprocessStage.Segments));
        var run = new LooseRun(stage.Id, new Dictionary<string, string> { ["segments"] = Segments });
        await run.RunAsync(stage);
        return run;
    }

    [Test]
    public async Task Every_segment_has_mel_content_and_f0_in_the_same_frames()
    {
        using var run = await Run(new FeaturesSettings());
        using var shards = FeatureShards.Open(run.Output(FeaturesStage.Features));
        var utterances = UtteranceIndex.Read(Segments);
        Assert.That(shards.Utterances.Select(entry => entry.Id), Is.EqualTo(utterances.Select(utterance => utterance.Id)));
        Assert.That((shards.Mels, shards.ContentDimension), Is.EqualTo((80, 60)));
        for (var i = 0; i < utterances.Count; i++)
        {
            Assert.That(shards.Utterances[i].Frames, Is.EqualTo((int)Math.Round(utterances[i].Seconds * 24000) / 240).Within(1));
            AssertWithin(shards.LogMel(i), (float)Math.Log(1e-10) - 1e-3f, 12);
            AssertWithin(shards.Content(i), -1000, 1000);
            AssertWithin(shards.F0(i), 0, 600);
        }
    }

    private static void AssertWithin(ReadOnlySpan<float> values, float low, float high)
    {
        Assert.That(values.Length, Is.Positive);
        var outside = values.IndexOfAnyExceptInRange(low, high);
        Assert.That(outside, Is.EqualTo(-1), () => $"a value lies outside {low} to {high}");
    }

    [Test]
    public async Task The_mel_is_that_of_the_audio_and_the_voices_have_their_pitch()
    {
        using var run = await Run(new FeaturesSettings());
        using var shards = FeatureShards.Open(run.Output(FeaturesStage.Features));
        var audio = AudioFile.Read(Path.Combine(Segments, shards.Utterances[0].Audio));
        Assert.That(shards.LogMel(0).SequenceEqual(new LogMel(Parameters).Compute(audio.Samples)));

        double MeanHertz(string speaker) => Math.Exp(shards.Statistics[shards.Speakers.ToList().IndexOf(speaker)].LogF0Mean);
        Assert.That(MeanHertz("mini/Allison"), Is.InRange(160, 260));
        Assert.That(MeanHertz("mini/Carlo"), Is.InRange(80, 170));
    }

    /// <summary>The spacing of half precision is 2⁻¹⁰ of a value at most; training sees content in deviations of its speaker.</summary>
    [Test]
    public async Task Half_precision_moves_what_training_sees_of_cepstra_by_less_than_a_hundredth_of_a_deviation()
    {
        using var run = await Run(new FeaturesSettings());
        using var shards = FeatureShards.Open(run.Output(FeaturesStage.Features));
        var (logMel, cepstra) = (new LogMel(Parameters), new Cepstra(80, new CepstraSettings()));
        double largest = 0, squares = 0, count = 0;
        for (var i = 0; i < shards.Utterances.Count; i++)
        {
            var exact = cepstra.Compute(logMel.Compute(AudioFile.Read(Path.Combine(Segments, shards.Utterances[i].Audio)).Samples));
            var kept = shards.Content(i);
            var (frames, deviation) = (shards.Utterances[i].Frames, shards.Statistics[shards.SpeakerOf(i)].ContentDeviation);
            for (var at = 0; at < kept.Length; at++)
            {
                var error = Math.Abs(kept[at] - exact[at]) / deviation[at / frames];
                largest = Math.Max(largest, error);
                squares += error * error;
                count++;
            }
        }
        Assert.That(largest, Is.Positive.And.LessThan(0.01));
        Assert.That(run.Metrics["largest offset of content in deviations"], Is.InRange(0.1, 20));
        Assert.That(Math.Sqrt(squares / count), Is.LessThan(0.0005));
    }

    [Test]
    public void Features_that_cannot_fit_are_refused_before_the_first_is_made()
    {
        var folder = Directory.CreateTempSubdirectory("segments");
        var utterance = UtteranceIndex.Read(Segments)[0];
        UtteranceIndex.Write(folder.FullName, [utterance with { Seconds = 3600e9 }]);
        var stage = new FeaturesStage(
            "FeaturesMini", new FeaturesSettings(), Parameters, new StageInput.Output("segments", "PreprocessMini", PreprocessStage.Segments));
        using var run = new LooseRun(stage.Id, new Dictionary<string, string> { ["segments"] = folder.FullName });

        Assert.That(
            () => stage.Prepare(run, [utterance.Path], combined: 0),
            Throws.TypeOf<StorageException>().With.Message.Match(
                @"^/\S*: 319,680,000 GB are needed \(about 0\.16 GB for each of 1,000,000,000 hours of speech, twice, and the shards of 0 hours less what there is of them\), [\d,.]+ GB are free\. Free some"));
        Assert.That(() => stage.Prepare(run, [], combined: 0), Throws.TypeOf<StorageException>().With.Message.Contains(": 159,840,000 GB are needed"));
        Assert.That(() => stage.Prepare(run, [], combined: long.MaxValue), Throws.Nothing);
        folder.Delete(recursive: true);
    }

    [Test]
    public void The_space_that_features_need_is_known_without_the_network_that_makes_them()
    {
        var stage = new FeaturesStage(
            "FeaturesMini", new FeaturesSettings { Content = ContentKind.ContentVec }, Parameters, new StageInput.Output("segments", "PreprocessMini", PreprocessStage.Segments));
        using var run = new LooseRun(stage.Id, new Dictionary<string, string> { ["segments"] = Segments });
        Assert.That(() => stage.Prepare(run, [UtteranceIndex.Read(Segments)[0].Path], combined: 0), Throws.Nothing);
    }

    [Test]
    public void After_a_kill_there_must_be_room_for_the_shards_of_what_was_extracted_before()
    {
        Assert.That(new FeatureSpace(Pending: 50, Extracted: 50, Combined: 0).Bytes(10), Is.EqualTo(1500));
        Assert.That(new FeatureSpace(Pending: 0, Extracted: 100, Combined: 400).Bytes(10), Is.EqualTo(600));
        Assert.That(new FeatureSpace(Pending: 5, Extracted: 95, Combined: 1020).Bytes(10), Is.EqualTo(100));
    }

    [Test]
    public async Task The_bytes_do_not_depend_on_the_number_of_workers()
    {
        using var one = await Run(new FeaturesSettings { Workers = 1 });
        using var four = await Run(new FeaturesSettings { Workers = 4 });
        Assert.That(Digest(one), Is.EqualTo(Digest(four)));
    }

    private static string[] Digest(
        LooseRun run) => [.. Directory.EnumerateFiles(run.Output(FeaturesStage.Features)).Order(StringComparer.Ordinal)
        .Select(path => Path.GetFileName(path) + Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(path))))];

    [Test]
    public void Audio_at_another_rate_or_shorter_than_a_frame_is_rejected()
    {
        var extraction = new FeatureExtraction(Parameters, new FeaturesSettings(), input => throw new AssertionException(input));
        Assert.That(
            () => extraction.Extract(new(new float[9000], 16000)),
            Throws.TypeOf<ItemRejectedException>().With.Message.Contains("16000 Hz, 24000 Hz is allowed"));
        Assert.That(
            () => extraction.Extract(new(new float[239], 24000)),
            Throws.TypeOf<ItemRejectedException>().With.Message.Contains("a frame takes 240"));
    }
}
