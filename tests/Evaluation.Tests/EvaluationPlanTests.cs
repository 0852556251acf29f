using Tmrvc.Corpora;
using Tmrvc.Features;
using Tmrvc.Support;

namespace Tmrvc.Evaluation.Tests;

/// <summary>Two corpora: twelve English speakers, of whom the last two are kept for the test, and three Japanese ones.</summary>
public sealed class EvaluationPlanTests
{
    private const int Frames = 60;

    private static readonly TeacherEvaluationSettings Settings = new() { ShortestSample = 50, LongestSample = 60 };

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("plan");
    private FeatureShards _shards = null!;
    private SpeakerIndex _index = null!;

    [OneTimeSetUp]
    public void WriteFeatures()
    {
        Write("english", 12, heldOut: 2);
        Write("japanese", 3, heldOut: 0);
        _shards = FeatureShards.Open(Path.Combine(_folder.FullName, "english"), Path.Combine(_folder.FullName, "japanese"));
        _index = new SpeakerIndex(_shards);
    }

    [OneTimeTearDown]
    public void Clean()
    {
        _shards.Dispose();
        _folder.Delete(recursive: true);
    }

    [Test]
    public void So_many_speakers_are_taken_as_are_allowed_from_every_corpus()
    {
        var plan = new EvaluationPlan(_index, Settings with { Speakers = 6 });
        Assert.That(plan.Speakers, Has.Count.EqualTo(6));
        Assert.That(plan.Speakers.Count(speaker => _shards.Speakers[speaker].StartsWith("japanese/", StringComparison.Ordinal)), Is.EqualTo(3));
        Assert.That(plan.Reconstructions, Has.Count.EqualTo(6 * Settings.UtterancesPerSpeaker));
        Assert.That(plan.Conversions, Has.Count.EqualTo(6 * Settings.Targets));
    }

    [Test]
    public void An_utterance_is_converted_to_several_voices_of_both_sexes_and_another_corpus_and_never_to_its_own()
    {
        var plan = new EvaluationPlan(_index, Settings);
        foreach (var asked in plan.Conversions.GroupBy(sample => sample.Utterance))
        {
            var source = _shards.SpeakerOf(asked.Key);
            var targets = asked.Select(sample => sample.Target!.Value).ToList();
            Assert.That(targets, Is.Unique.And.No.Member(source));
            Assert.That(targets.Select(Sex).Distinct().Count(), Is.EqualTo(2), _shards.Speakers[source]);
            Assert.That(targets.Select(Corpus).Distinct().Count(), Is.EqualTo(2), _shards.Speakers[source]);
            Assert.That(asked.Count(sample => sample.IsShown), Is.EqualTo(1));
        }
    }

    [Test]
    public void Speakers_kept_for_the_test_are_asked_for_as_unheard_voices_and_speak_nothing_themselves()
    {
        var plan = new EvaluationPlan(_index, Settings);
        Assert.That(plan.Unheard.Select(speaker => _shards.Speakers[speaker]), Is.EqualTo(new[] { "english/10", "english/11" }));
        Assert.That(plan.Speakers.Intersect(plan.Unheard), Is.Empty);
        Assert.That(plan.ToUnheard.Select(sample => (sample.Target, sample.IsUnheard)), Is.EqualTo(plan.Unheard.Select(voice => ((int?)voice, true))));
        Assert.That(new EvaluationPlan(_index, Settings with { UnheardSpeakers = 0 }).ToUnheard, Is.Empty);
    }

    [Test]
    public void No_recording_that_speech_is_compared_with_made_a_network_or_an_embedding()
    {
        var plan = new EvaluationPlan(_index, Settings);
        foreach (var speaker in plan.Speakers.Concat(plan.Unheard))
        {
            Assert.That(plan.References(speaker), Is.Not.Empty.And.None.Matches<int>(utterance => _shards.Utterances[utterance].Split == Split.Train));
            Assert.That(plan.References(speaker).Intersect(plan.Known(speaker, 99)), Is.Empty);
            Assert.That(plan.Known(speaker, 99), Is.Not.Empty);
        }
    }

    [Test]
    public void One_speaker_is_converted_to_nobody()
    {
        var plan = new EvaluationPlan(_index, Settings with { Speakers = 1, UnheardSpeakers = 0 });
        Assert.That((plan.Speakers.Count, plan.Conversions.Count, plan.Reconstructions.Count), Is.EqualTo((1, 0, 2)));
    }

    private string Corpus(int speaker) => _shards.Speakers[speaker].Split('/')[0];

    private Sex? Sex(int speaker) => _shards.Utterances.First(utterance => utterance.SpeakerKey == _shards.Speakers[speaker]).Sex;

    private void Write(string corpus, int speakers, int heldOut) => FeatureFolders.Write(Path.Combine(_folder.FullName, corpus), 1 << 20,
        from speaker in Enumerable.Range(0, speakers)
        from number in Enumerable.Range(0, 10)
        let split = speaker >= speakers - heldOut || number == 9 ? Split.Test : number >= 6 ? Split.Validation : Split.Train
        select (Entry(corpus, speaker, number, split), new UtteranceFeatures(new float[80 * Frames], new float[Frames], new float[Frames])));

    private static UtteranceEntry Entry(string corpus, int speaker, int number, Split split) => new()
    {
        Id = $"{corpus}/{speaker:D2}/{number}",
        Corpus = corpus,
        Speaker = $"{speaker:D2}",
        Sex = speaker % 2 == 0 ? Corpora.Sex.Female : Corpora.Sex.Male,
        Language = "und",
        Licence = "CC0-1.0",
        Split = split,
        Audio = $"{speaker:D2}/{number}.flac",
    };
}
