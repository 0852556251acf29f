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
        var utterance = shards.Of(Split.Validation).First();
        var frames = shards.Utterances[utterance].Frames;
        var voice = Enumerable.Range(0, shards.Speakers.Count).First(other => other != shards.SpeakerOf(utterance) && shards.Of(Split.Train).Any(known => shards.SpeakerOf(known) == other));

        var asked = new VoiceConversion(new SpeakerIndex(shards), embeddings, mostFrames: frames).To(utterance, voice);
        var told = new RenditionBatches(shards, MelStatistics.Read(pipeline.Statistics), embeddings).Make([new Rendition(new Crop(utterance, 0, frames), voice)]);

        Assert.That(told.Speaker, Is.EqualTo(asked.Speaker));
        Assert.That(told.Features.F0[..frames], Is.EqualTo(asked.F0));
        Assert.That(asked.F0, Is.Not.EqualTo(shards.F0(utterance).ToArray()));
    }
}
