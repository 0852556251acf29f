namespace Tmrvc.Evaluation.Tests;

public sealed class SpreadTests
{
    [Test]
    public void Chosen_ones_are_spread_evenly() =>
        Assert.That(Spread.Evenly([.. Enumerable.Range(100, 10)], 2), Is.EqualTo(new[] { 102, 107 }));

    [Test]
    public void Fewer_than_asked_for_are_all_taken_once() => Assert.That(Spread.Evenly([5, 6, 7], 9), Is.EqualTo(new[] { 5, 6, 7 }));

    [Test]
    public void None_give_none() => Assert.That(Spread.Evenly<int>([], 3), Is.Empty);

    [Test]
    public void Groups_give_equally_many_and_a_small_one_all_it_has()
    {
        int[] all = [.. Enumerable.Range(0, 10), .. Enumerable.Range(100, 1), .. Enumerable.Range(200, 50)];
        Assert.That(Spread.OverGroups(all, 7, number => number / 100), Is.EqualTo(new[] { 1, 5, 8, 100, 208, 225, 241 }));
        Assert.That(Spread.OverGroups(all, 99, number => number / 100), Is.EqualTo(all));
    }
}
