using FsCheck;
using FsCheck.Fluent;

namespace Tmrvc.Corpora.Tests;

public class SegmenterTests
{
    private static readonly Segmenter Prompts = new(minSeconds: 1, maxSeconds: 15);

    [Test]
    public void A_stretch_within_the_maximum_stays_whole() =>
        Assert.That(Prompts.Cut(new(0.2, 15), [new(0.2, 3), new(4, 15)]), Is.EqualTo([new TimeRange(0.2, 15)]));

    [Test]
    public void A_long_stretch_is_cut_in_the_middle_of_its_longest_pause() =>
        Assert.That(
            Prompts.Cut(new(0, 20), [new(0, 4), new(4.5, 11), new(12, 20)]),
            Is.EqualTo([new TimeRange(0, 11.5), new TimeRange(11.5, 20)]));

    [Test]
    public void A_pause_too_close_to_an_end_is_not_used() =>
        Assert.That(
            Prompts.Cut(new(0, 20), [new(0, 0.1), new(1.1, 9), new(9.2, 20)]),
            Is.EqualTo([new TimeRange(0, 9.1), new TimeRange(9.1, 20)]));

    [Test]
    public void Speech_without_pauses_is_cut_into_equal_pieces() =>
        Assert.That(
            Prompts.Cut(new(0, 36), [new(0, 36)]),
            Is.EqualTo([new TimeRange(0, 12), new TimeRange(12, 24), new TimeRange(24, 36)]));

    [FsCheck.NUnit.Property]
    public Property Pieces_tile_the_stretch_and_keep_the_bounds(ushort length, ushort[] cuts)
    {
        var total = 1 + length / 200.0;
        double[] edges = [0, .. cuts.Select(cut => total * cut / ushort.MaxValue).Order(), total];
        var speech = edges.Chunk(2).Where(pair => pair.Length == 2).Select(pair => new TimeRange(pair[0], pair[1])).ToList();

        var pieces = Prompts.Cut(new(0, total), speech).ToList();
        var tiles = pieces[0].Start == 0 && pieces[^1].End == total && pieces.Zip(pieces.Skip(1), (a, b) => a.End == b.Start)
            .All(touch => touch);
        return (tiles && pieces.All(piece => piece.Length is > 1 - 1e-9 and <= 15 + 1e-9)).ToProperty();
    }
}
