using Tmrvc.Audio;
using Tmrvc.BuildGraph;
using Tmrvc.Corpora;

namespace Tmrvc.Features.Tests;

public sealed class PhoneContentTests
{
    /// <summary>Where Debian's pocketsphinx-en-us places its model.</summary>
    private const string Model = "/usr/share/pocketsphinx/model/en-us/en-us";

    private static readonly FeaturesSettings Phones = new() { Content = ContentKind.Phones };

    [Test]
    public async Task Features_can_hold_phones_in_the_frames_of_the_mel()
    {
        using var segments = await Segments();
        var stage = new FeaturesStage(
            "FeaturesMini", Phones, SpeechCorpus.Signal, new StageInput.Output("segments", "PreprocessMini", PreprocessStage.Segments),
            new StageInput.Output(FeaturesStage.PhoneModel, "FetchPhones", PackageFolderStage.Folder));
        using var run = new LooseRun(stage.Id, new Dictionary<string, string>
        {
            ["segments"] = segments.Output(PreprocessStage.Segments), [FeaturesStage.PhoneModel] = Model,
        });
        await run.RunAsync(stage);
        using var shards = FeatureShards.Open(run.Output(FeaturesStage.Features));

        Assert.That(shards.ContentDimension, Is.EqualTo(42));
        for (var i = 0; i < shards.Utterances.Count; i++)
        {
            Assert.That(shards.Content(i).Length, Is.EqualTo(42 * shards.Utterances[i].Frames));
            Assert.That(shards.Content(i).ToArray().Sum(), Is.EqualTo(shards.Utterances[i].Frames).Within(0.01).Percent);
        }
    }

    [Test]
    public void A_folder_without_an_acoustic_model_is_named() => Assert.That(
        () => new FeatureExtraction(SpeechCorpus.Signal, Phones, _ => "/nowhere"),
        Throws.TypeOf<UnusableAcousticModelException>().With.Message.StartsWith("/nowhere/feat.params: is not there"));

    private static async Task<LooseRun> Segments()
    {
        var settings = new PreprocessSettings
        {
            Corpus = new() { Name = "mini", Layout = CorpusLayout.Prompts }, Vad = VadKind.Energy, MinSeconds = 0.5, MaxSeconds = 8,
        };
        var stage = new PreprocessStage(
            "PreprocessMini", settings, new(24000, -23), new StageInput.Files("audio", MiniCorpus.Root, "**/*"), vadModel: null);
        var run = new LooseRun(stage.Id, new Dictionary<string, string> { ["audio"] = MiniCorpus.Root });
        await run.RunAsync(stage);
        return run;
    }
}
