namespace Tmrvc.Evaluation.Tests;

public sealed class UtteranceSelectionTests
{
    [Test]
    public void Chosen_utterances_are_spread_evenly() =>
        Assert.That(UtteranceSelection.Spread([.. Enumerable.Range(100, 10)], 2), Is.EqualTo(new[] { 102, 107 }));

    [Test]
    public void Fewer_utterances_than_asked_for_are_all_taken_once() =>
        Assert.That(UtteranceSelection.Spread([5, 6, 7], 9), Is.EqualTo(new[] { 5, 6, 7 }));

    [Test]
    public void None_give_none() => Assert.That(UtteranceSelection.Spread([], 3), Is.Empty);
}
