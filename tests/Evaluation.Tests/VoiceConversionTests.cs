using Tmrvc.Corpora;
using Tmrvc.Features;
using Tmrvc.Training;

namespace Tmrvc.Evaluation.Tests;

public sealed class VoiceConversionTests
{
    [Test]
    public async Task A_rendition_in_another_voice_is_told_what_a_conversion_in_an_evaluation_is()
    {
        using var pipeline = await TrainedPipeline.CreateAsync();
        using var shards = FeatureShards.Open(pipeline.Features);
        using var embeddings = SpeakerEmbeddings.Open(pipeline.Embeddings);
        var voice = shards.SpeakerOf(shards.Of(Split.Train).First());
        var utterance = Enumerable.Range(0, shards.Utterances.Count).First(other => shards.SpeakerOf(other) != voice);
        var frames = shards.Utterances[utterance].Frames;

        var asked = new VoiceConversion(new SpeakerIndex(shards), embeddings, mostFrames: frames).To(utterance, voice);
        var told = new RenditionBatches(shards, MelStatistics.Read(pipeline.Statistics), embeddings).Make([new Rendition(new Crop(utterance, 0, frames), voice)]);

        Assert.That(told.Speaker, Is.EqualTo(asked.Speaker));
        Assert.That(told.Features.F0[..frames], Is.EqualTo(asked.F0));
        Assert.That(asked.F0, Is.Not.EqualTo(shards.F0(utterance).ToArray()));
    }
}
