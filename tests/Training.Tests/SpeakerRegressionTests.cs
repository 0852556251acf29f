using Tmrvc.Features;
using Tmrvc.Models;
using Tmrvc.Training.Tests.Support;
using TorchSharp;
using static TorchSharp.torch;

namespace Tmrvc.Training.Tests;

/// <summary>Speech whose features hold embeddings by a network of others: a fixed direction for each speaker.</summary>
public sealed class SpeakerRegressionTests
{
    private SyntheticPipeline _pipeline = null!;

    [OneTimeSetUp]
    public async Task Prepare() => _pipeline = await SyntheticPipeline.Prepared(Direction);

    [OneTimeTearDown]
    public void Clear() => _pipeline.Dispose();

    private static float[] Direction(int speaker)
    {
        double[] values = [.. Enumerable.Range(0, 192).Select(i => Math.Sin((i + 1) * (speaker + 1.7)))];
        var length = Math.Sqrt(values.Sum(value => value * value));
        return [.. values.Select(value => (float)(value / length))];
    }

    [Test]
    public void Networks_are_conditioned_by_the_embeddings_of_the_features()
    {
        using var embeddings = SpeakerEmbeddings.Open(_pipeline.Embeddings);

        Assert.That(embeddings.Ids, Has.Count.EqualTo(30));
        foreach (var id in embeddings.Ids)
            Assert.That(embeddings.Of(id).ToArray(), Is.EqualTo(Direction(Array.IndexOf(["ann", "ben", "cat"], id.Split('/')[1]))), id);
    }

    [Test]
    public async Task The_encoder_learns_to_give_them_for_unheard_utterances()
    {
        var settings = SyntheticPipeline.SpeakerEncoder with { Steps = 60, Lr = 6e-3, Regression = 20 };
        var regressing = await _pipeline.TrainSpeakerEncoder("regressing", settings);

        var free = Path.Combine(Path.GetDirectoryName(_pipeline.Embeddings)!, SpeakerEncoderStage.Model);
        Assert.That(LeastCosine(free), Is.LessThan(0.3));
        Assert.That(LeastCosine(regressing.Output(SpeakerEncoderStage.Model)), Is.GreaterThan(0.7));
    }

    /// <summary>Between the encoder's embedding of a validation utterance and the speaker's direction.</summary>
    private double LeastCosine(string model)
    {
        using var scope = NewDisposeScope();
        using var encoder = ModelFiles.SpeakerEncoder.Load(model);
        using var shards = FeatureShards.Open(_pipeline.Features);
        var batches = new NormalisedBatches(shards, MelStatistics.Read(_pipeline.Statistics), 8);
        Crop[] crops = [.. shards.Of(Tmrvc.Corpora.Split.Validation).Select(i => new Crop(i, 0, shards.Utterances[i].Frames))];
        using var _ = no_grad();
        encoder.eval();
        var batch = batches.Make(new BatchPlan(0, crops));
        var embedded = encoder.forward(batch.LogMelOn(CPU), batch.MaskOn(CPU)).data<float>().ToArray().Chunk(192);
        return embedded.Zip(crops).Min(pair => Cosine(pair.First, shards.Speaker(pair.Second.Utterance).ToArray()));
    }

    private static double Cosine(float[] one, float[] other) =>
        one.Zip(other, (x, y) => (double)x * y).Sum() / Math.Sqrt(one.Sum(x => (double)x * x) * other.Sum(y => (double)y * y));

    [Test]
    public async Task Without_embeddings_among_the_features_there_is_nothing_to_regress()
    {
        using var plain = await SyntheticPipeline.Prepared();

        Assert.That(
            async () => await plain.TrainSpeakerEncoder("lost", SyntheticPipeline.SpeakerEncoder with { Regression = 1 }),
            Throws.InvalidOperationException.With.Message.Contains("set features.speaker to ecapa, or regression to 0"));
    }
}
