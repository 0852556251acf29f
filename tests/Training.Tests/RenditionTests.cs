using Tmrvc.Corpora;
using Tmrvc.Features;
using Tmrvc.Models;
using Tmrvc.Training.Tests.Support;
using TorchSharp;
using static TorchSharp.torch;

namespace Tmrvc.Training.Tests;

public sealed class RenditionTests
{
    private static readonly RenditionSettings Settings = new() { Frames = 48, MinFrames = 40, Conversions = 0.4, PerUtterance = 30, Steps = 3 };

    private SyntheticPipeline _pipeline = null!;
    private FeatureShards _shards = null!;
    private SpeakerEmbeddings _embeddings = null!;
    private RenditionBatches _batches = null!;
    private IReadOnlyList<Rendition> _plan = null!;

    [OneTimeSetUp]
    public async Task Prepare()
    {
        _pipeline = await SyntheticPipeline.Prepared();
        (_shards, _embeddings) = (FeatureShards.Open(_pipeline.Features), SpeakerEmbeddings.Open(_pipeline.Embeddings));
        _batches = new RenditionBatches(_shards, MelStatistics.Read(_pipeline.Statistics), _embeddings);
        _plan = [.. new RenditionPlan(_shards, Settings).Of(Split.Train)];
    }

    [OneTimeTearDown]
    public void Clear()
    {
        _embeddings.Dispose();
        _shards.Dispose();
        _pipeline.Dispose();
    }

    [Test]
    public void Every_training_utterance_is_said_as_often_as_asked_and_in_anothers_voice_with_the_probability()
    {
        Assert.That(_plan.CountBy(rendition => rendition.Crop.Utterance).Select(said => said.Value), Is.All.EqualTo(30).And.Exactly(24).Items);
        Assert.That(_plan.Count(IsConversion) / (double)_plan.Count, Is.EqualTo(0.4).Within(0.06));
        Assert.That(_plan.Where(rendition => rendition.Crop.Start + rendition.Crop.Frames > _shards.Utterances[rendition.Crop.Utterance].Frames), Is.Empty);
        Assert.That(_plan.Select(rendition => rendition.Crop.Start).Distinct().Count(), Is.GreaterThan(5), "stretches are drawn");
        Assert.That(new RenditionPlan(_shards, Settings).Of(Split.Train), Is.EqualTo(_plan), "and are the same every time");
    }

    [Test]
    public void Renditions_that_validate_are_of_every_corpus()
    {
        using var folder = new TemporaryFolder();
        foreach (var corpus in new[] { "one", "two" }) SyntheticSpeech.Write(folder[corpus], corpus: corpus);
        using var shards = FeatureShards.Open(folder["one"], folder["two"]);
        var spread = new RenditionPlan(shards, Settings with { PerUtterance = 2 }).Spread(Split.Validation, 4).Select(rendition => shards.Utterances[rendition.Crop.Utterance]);
        Assert.That(spread.Select(utterance => (utterance.Corpus, utterance.Speaker)), Is.EqualTo(new[] { ("one", "ann"), ("one", "ben"), ("two", "ann"), ("two", "ben") }));
        Assert.That(new RenditionPlan(shards, Settings).Spread(Split.Validation, 1000).Count(), Is.EqualTo(360), "no more than there are");
    }

    [Test]
    public void A_conversion_is_told_the_mean_embedding_of_the_voice_and_F0_in_its_range()
    {
        var rendition = _plan.First(rendition => IsConversion(rendition) && _shards.F0(rendition.Crop.Utterance)[rendition.Crop.Start] > 0);
        var batch = _batches.Make([rendition, rendition with { Voice = _shards.SpeakerOf(rendition.Crop.Utterance) }]);
        var expected = PitchTransfer.Move(
            _shards.F0(rendition.Crop.Utterance).Slice(rendition.Crop.Start, 48), _shards.Statistics[_shards.SpeakerOf(rendition.Crop.Utterance)], _shards.Statistics[rendition.Voice]);
        Assert.That(batch.Features.F0[..48], Is.EqualTo(expected));
        Assert.That(batch.Speaker[..192], Is.EqualTo(new SpeakerMeans(_shards, _embeddings).Of(rendition.Voice)));
        Assert.That(batch.Speaker[192..], Is.EqualTo(_embeddings.Of(_shards.Utterances[rendition.Crop.Utterance].Id).ToArray()), "one's own voice is as it was said");
        Assert.That(batch.Features.F0[48..], Is.EqualTo(_shards.F0(rendition.Crop.Utterance).Slice(rendition.Crop.Start, 48).ToArray()));
    }

    [Test]
    public void A_trajectory_leads_from_the_noise_to_what_is_spoken()
    {
        using var scope = NewDisposeScope();
        using var teacher = Teacher();
        var batch = _batches.Make([_plan[0], _plan[1]]);
        var sampling = new RenditionSampling(teacher, Settings, CPU);
        var noise = sampling.Noise([0, 1], batch.Features);
        var (trajectory, spoken) = (sampling.Trajectory(batch, noise), sampling.Speak(batch, noise));
        Assert.That(trajectory, Has.Count.EqualTo(4));
        Assert.That(trajectory[0].data<float>().ToArray(), Is.EqualTo(noise));
        Assert.That(trajectory[^1].data<float>().ToArray(), Is.EqualTo(spoken.data<float>().ToArray()));
        Assert.That((trajectory[1] - trajectory[2]).abs().max().item<float>(), Is.GreaterThan(0));
    }

    [Test]
    public void A_renditions_noise_is_its_own_whatever_else_is_in_the_batch()
    {
        using var teacher = Teacher();
        var sampling = new RenditionSampling(teacher, Settings, CPU);
        var (two, alone) = (_batches.Make([_plan[0], _plan[1]]), _batches.Make([_plan[1]]));
        Assert.That(sampling.Noise([0, 1], two.Features)[(80 * 48)..], Is.EqualTo(sampling.Noise([1], alone.Features)));
    }

    private bool IsConversion(Rendition rendition) => rendition.Voice != _shards.SpeakerOf(rendition.Crop.Utterance);

    private Teacher Teacher()
    {
        var teacher = new Teacher(TeacherArchitecture.Preset("tiny", new(80, _shards.ContentDimension, 192, 24, 8)), seed: 1);
        teacher.eval();
        return teacher;
    }
}
