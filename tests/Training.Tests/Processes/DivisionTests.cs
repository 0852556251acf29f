using Tmrvc.Features;

namespace Tmrvc.Training.Tests.Processes;

public sealed class DivisionTests
{
    [TestCase(8, 2)]
    [TestCase(7, 3)]
    [TestCase(3, 3)]
    public void Every_row_is_one_rank_s(int rows, int size)
    {
        var taken = Enumerable.Range(0, size).Select(rank => new BatchShare(rank, size).Of(rows)).ToList();
        Assert.That(taken.SelectMany(own => Enumerable.Range(own.First, own.Count)), Is.EqualTo(Enumerable.Range(0, rows)));
        Assert.That(taken.Max(own => own.Count) - taken.Min(own => own.Count), Is.LessThanOrEqualTo(1));
    }

    [Test]
    public void Where_micro_batches_can_be_shared_out_every_one_is_one_rank_s()
    {
        var divisions = Enumerable.Range(0, 2).Select(rank => new Division(new(rank, 2), accumulation: 4)).ToList();
        Assert.That(divisions.Select(division => division.Indices(8, 16)), Is.EqualTo(new long[][] { [8, 9, 12, 13], [10, 11, 14, 15] }));
        Assert.That(divisions.Select(division => (division.First, division.Count, division.Rows(16))), Is.EqualTo(new[] { (0, 2, 16), (2, 2, 16) }));
    }

    [Test]
    public void Elsewhere_every_rank_takes_rows_of_each()
    {
        var division = new Division(new(1, 2), accumulation: 3);
        Assert.That(division.Indices(3, 9), Is.EqualTo(new long[] { 3, 4, 5, 6, 7, 8 }));
        Assert.That((division.First, division.Count, division.Rows(15)), Is.EqualTo((0, 3, 8)));
    }

    [TestCase(2, 16, 1, true, null)]
    [TestCase(2, 16, 2, false, null)]
    [TestCase(3, 2, 1, true, "3 processes cannot share batches of 2")]
    [TestCase(2, 16, 3, false, "2 processes cannot take equal parts of 3 micro-batches")]
    public void What_cannot_be_shared_out_says_so(int processes, int batchSize, int accumulation, bool sharesRows, string? obstacle) => Assert.That(
        Division.Obstacle(processes, batchSize, accumulation, sharesRows), obstacle is null ? Is.Null : Does.Contain(obstacle));
}
