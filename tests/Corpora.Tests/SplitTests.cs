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
        Assert.That(new SplitAssignment(Fifths, []).Of(id, "prompts/anyone"), Is.EqualTo(split));

    [Test]
    public void Shares_are_kept_over_many_utterances()
    {
        var splits = new SplitAssignment(new SplitSettings { ValidationShare = 0.05, TestShare = 0.1 }, []);
        var counts = Enumerable.Range(0, 20000).CountBy(i => splits.Of($"corpus/{i}", "corpus/a")).ToDictionary();
        Assert.That(counts[Split.Validation] / 20000.0, Is.EqualTo(0.05).Within(0.006));
        Assert.That(counts[Split.Test] / 20000.0, Is.EqualTo(0.1).Within(0.008));
    }

    [Test]
    public void A_larger_validation_share_moves_no_utterance_out_of_the_test()
    {
        var small = new SplitAssignment(Fifths with { ValidationShare = 0.1 }, []);
        var large = new SplitAssignment(Fifths, []);
        var ids = Enumerable.Range(0, 1000).Select(i => $"corpus/{i}");
        Assert.That(
            ids.Where(id => (small.Of(id, "corpus/a") == Split.Test) != (large.Of(id, "corpus/a") == Split.Test)), Is.Empty);
    }

    [Test]
    public void Speakers_are_held_out_whole_only_where_there_are_enough()
    {
        var settings = new SplitSettings { HeldOutSpeakerShare = 0.5, HeldOutFromSpeakers = 20 };
        string[] speakers = [.. Enumerable.Range(0, 20).Select(i => $"corpus/s{i}")];
        var few = new SplitAssignment(settings, speakers.Skip(1).Select(speaker => ($"{speaker}/0", speaker)));
        var enough = new SplitAssignment(settings, speakers.Select(speaker => ($"{speaker}/0", speaker)));

        bool Whole(SplitAssignment splits, string speaker) => Enumerable.Range(0, 50)
            .All(i => splits.Of($"{speaker}/{i}", speaker) == Split.Test);
        Assert.That(speakers.Count(speaker => Whole(few, speaker)), Is.Zero);
        Assert.That(speakers.Count(speaker => Whole(enough, speaker)), Is.InRange(5, 15));
    }

    [FsCheck.NUnit.Property(MaxTest = 100)]
    public bool A_small_corpus_has_an_utterance_for_the_validation_before_anything_is_trained_on_it(ushort name)
    {
        var recordings = Recordings(name, 10);
        var splits = Splits(new SplitSettings { TestShare = 0 }, recordings);
        return splits.Count(split => split == Split.Validation) is > 0 and < 5 && splits.Contains(Split.Train);
    }

    [FsCheck.NUnit.Property(MaxTest = 100)]
    public bool Recordings_that_are_added_move_none_but_the_one_that_stood_in_for_the_validation(ushort name)
    {
        var settings = new SplitSettings { ValidationShare = 0.05, TestShare = 0.05 };
        var before = Splits(settings, Recordings(name, 10));
        var after = Splits(settings, Recordings(name, 40));
        var moved = Enumerable.Range(0, 10).Where(i => before[i] != after[i]).ToList();
        return moved.Count <= 1 && moved.All(i => (before[i], after[i]) == (Split.Validation, Split.Train)) && after.Contains(Split.Validation);
    }

    [Test]
    public void A_speaker_of_few_recordings_keeps_them_all_for_the_training()
    {
        var settings = new SplitSettings { ValidationShare = 0, TestShare = 0, ValidationFromRecordings = 5 };
        Assert.That(Splits(settings, Recordings(1, 4)), Is.All.EqualTo(Split.Train));
        Assert.That(Splits(settings, Recordings(1, 5)), Has.One.EqualTo(Split.Validation));
    }

    [Test]
    public void Shares_that_leave_nothing_to_train_on_are_mistakes()
    {
        var mistakes = new SplitSettings { ValidationShare = 0.6, TestShare = 0.4, HeldOutSpeakerShare = 1 }.Mistakes().ToList();
        Assert.That(mistakes.Select(mistake => mistake.Property), Is.EqualTo(["held_out_speaker_share", "test_share"]));
    }

    private static (string Id, string Speaker)[] Recordings(int name, int count) =>
        [.. Enumerable.Range(0, count).Select(i => ($"voices/{name}/{i}", $"voices/{name}"))];

    private static List<Split> Splits(SplitSettings settings, (string Id, string Speaker)[] recordings)
    {
        var splits = new SplitAssignment(settings, recordings);
        return [.. recordings.Select(recording => splits.Of(recording.Id, recording.Speaker))];
    }
}
