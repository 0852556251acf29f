namespace Tmrvc.Corpora.Tests;

public class SplitTests
{
    private static readonly SplitSettings Fifths = new() { ValidationShare = 0.2, TestShare = 0.2 };

    [TestCase("prompts/en_US_f_Allison/activated", Split.Train)]
    [TestCase("prompts/en_US_f_Allison/added", Split.Test)]
    [TestCase("prompts/en_US_f_Allison/beep", Split.Validation)]
    [TestCase("prompts/it_IT_m_Carlo/conf-full", Split.Train)]
    [TestCase("prompts/ru_RU_f_IvrvoiceRU/vm-goodbye", Split.Train)]
    [TestCase("folder/père/été 1", Split.Validation)]
    public void The_split_of_an_utterance_is_pinned(string id, Split split) =>
        Assert.That(new SplitAssignment(Fifths, speakers: 4).Of(id, "prompts/anyone"), Is.EqualTo(split));

    [Test]
    public void Shares_are_kept_over_many_utterances()
    {
        var splits = new SplitAssignment(new SplitSettings { ValidationShare = 0.05, TestShare = 0.1 }, speakers: 4);
        var counts = Enumerable.Range(0, 20000).CountBy(i => splits.Of($"corpus/{i}", "corpus/a")).ToDictionary();
        Assert.That(counts[Split.Validation] / 20000.0, Is.EqualTo(0.05).Within(0.006));
        Assert.That(counts[Split.Test] / 20000.0, Is.EqualTo(0.1).Within(0.008));
    }

    [Test]
    public void A_larger_validation_share_moves_no_utterance_out_of_the_test()
    {
        var small = new SplitAssignment(Fifths with { ValidationShare = 0.1 }, speakers: 4);
        var large = new SplitAssignment(Fifths, speakers: 4);
        var ids = Enumerable.Range(0, 1000).Select(i => $"corpus/{i}");
        Assert.That(
            ids.Where(id => (small.Of(id, "corpus/a") == Split.Test) != (large.Of(id, "corpus/a") == Split.Test)), Is.Empty);
    }

    [Test]
    public void Speakers_are_held_out_whole_only_where_there_are_enough()
    {
        var settings = new SplitSettings { HeldOutSpeakerShare = 0.5, HeldOutFromSpeakers = 20 };
        string[] speakers = [.. Enumerable.Range(0, 20).Select(i => $"corpus/s{i}")];
        var few = new SplitAssignment(settings, speakers: 19);
        var enough = new SplitAssignment(settings, speakers: 20);

        bool Whole(SplitAssignment splits, string speaker) => Enumerable.Range(0, 50)
            .All(i => splits.Of($"{speaker}/{i}", speaker) == Split.Test);
        Assert.That(speakers.Count(speaker => Whole(few, speaker)), Is.Zero);
        Assert.That(speakers.Count(speaker => Whole(enough, speaker)), Is.InRange(5, 15));
    }

    [Test]
    public void Shares_that_leave_nothing_to_train_on_are_mistakes()
    {
        var mistakes = new SplitSettings { ValidationShare = 0.6, TestShare = 0.4, HeldOutSpeakerShare = 1 }.Mistakes().ToList();
        Assert.That(mistakes.Select(mistake => mistake.Property), Is.EqualTo(["held_out_speaker_share", "test_share"]));
    }
}
