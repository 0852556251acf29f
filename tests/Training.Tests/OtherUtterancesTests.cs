using Tmrvc.Corpora;
using Tmrvc.Features;
using Tmrvc.Training.Tests.Support;

namespace Tmrvc.Training.Tests;

public sealed class OtherUtterancesTests
{
    private readonly TemporaryFolder _folder = new();
    private FeatureShards _shards = null!;

    [OneTimeSetUp]
    public void Write()
    {
        SyntheticSpeech.Write(_folder["features"]);
        _shards = FeatureShards.Open([_folder["features"]]);
    }

    [OneTimeTearDown]
    public void Clear()
    {
        _shards.Dispose();
        _folder.Dispose();
    }

    [Test]
    public void As_often_as_asked_an_utterance_is_conditioned_by_another_training_utterance_of_its_speaker()
    {
        var others = new OtherUtterances(_shards, probability: 0.5, seed: 3);
        var draws = (from utterance in _shards.Of(Split.Train) from step in Enumerable.Range(0, 100) select (utterance, other: others.For(utterance, step, slot: 2))).ToList();
        Assert.That(draws.Count(draw => draw.other != draw.utterance) / (double)draws.Count, Is.EqualTo(0.5).Within(0.05));
        Assert.That(draws.Select(draw => _shards.SpeakerOf(draw.other)), Is.EqualTo(draws.Select(draw => _shards.SpeakerOf(draw.utterance))));
        Assert.That(draws.Select(draw => _shards.Utterances[draw.other].Split), Has.All.EqualTo(Split.Train));
        var speaker = _shards.SpeakerOf(draws[0].utterance);
        Assert.That(
            draws.Where(draw => draw.utterance == draws[0].utterance).Select(draw => draw.other).Distinct(),
            Is.EquivalentTo(_shards.Of(Split.Train).Where(utterance => _shards.SpeakerOf(utterance) == speaker)), "each of them is drawn at times");
    }

    [Test]
    public void Always_means_never_its_own_and_the_same_coordinates_draw_the_same()
    {
        var always = new OtherUtterances(_shards, probability: 1, seed: 3);
        foreach (var utterance in _shards.Of(Split.Train))
            Assert.That(always.For(utterance, step: 8, slot: 1), Is.Not.EqualTo(utterance).And.EqualTo(new OtherUtterances(_shards, 1, 3).For(utterance, 8, 1)));
    }
}
