using FsCheck;
using FsCheck.Fluent;

namespace Tmrvc.Audio.Tests.Recognition;

public sealed class WordErrorsTests
{
    [TestCase("That conference is full.", "that conference is full", 0)]
    [TestCase("That conference is full.", "that conference was full", 1)]
    [TestCase("That conference is full.", "that conference full", 1)]
    [TestCase("That conference is full.", "that conference is very full", 1)]
    [TestCase("That conference is full.", "conference is that full", 2)]
    [TestCase("That conference is full.", "", 4)]
    [TestCase("", "anything at all", 3)]
    public void Replaced_missing_and_additional_words_are_counted(string transcript, string understood, int errors) =>
        Assert.That(WordErrors.Of(transcript, understood.Split(' ', StringSplitOptions.RemoveEmptyEntries)).Errors, Is.EqualTo(errors));

    [Test]
    public void The_rate_of_many_utterances_is_that_of_their_words_together()
    {
        var all = WordErrors.Of("one", ["two"]) + WordErrors.Of("press the pound key", ["press", "the", "pound", "key"]);
        Assert.That(all.Rate, Is.EqualTo(0.2));
        Assert.That(new WordErrors().Rate, Is.Null);
    }

    [Test]
    public void Case_punctuation_and_kinds_of_apostrophes_are_no_words() =>
        Assert.That(WordErrors.WordsOf("Sorry, I didn’t -- 'hear' that; O'Brien?"), Is.EqualTo(["sorry", "i", "didn't", "hear", "that", "o'brien"]));

    [FsCheck.NUnit.Property]
    public Property Errors_lie_between_the_difference_and_the_greater_of_the_lengths() => Prop.ForAll(
        Gen.Elements("a", "b", "c").ListOf().Two().ToArbitrary(), pair =>
        {
            var (said, understood) = pair;
            var errors = WordErrors.Of(string.Join(' ', said), [.. understood]).Errors;
            return errors >= Math.Abs(said.Count - understood.Count) && errors <= Math.Max(said.Count, understood.Count)
                && errors == WordErrors.Of(string.Join(' ', understood), [.. said]).Errors && (errors == 0) == said.SequenceEqual(understood);
        });
}
