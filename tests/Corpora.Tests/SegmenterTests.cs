using FsCheck;
using FsCheck.Fluent;

namespace Tmrvc.Corpora.Tests;

public class SegmenterTests
{
    private static readonly Segmenter Trimming = new(minSeconds: 1, maxSeconds: 15, maxPause: 3, trims: true);
    private static readonly Segmenter Tiling = new(minSeconds: 1, maxSeconds: 15, maxPause: 3, trims: false);

    [Test]
    public void A_stretch_within_the_maximum_is_one_piece_from_its_first_speech_to_its_last() =>
        Assert.That(Trimming.Cut(new(0, 15), [new(0.2, 3), new(4, 14.5)]).Segments, Is.EqualTo([new TimeRange(0.2, 14.5)]));

    [Test]
    public void A_long_stretch_is_cut_at_its_longest_pause_which_belongs_to_neither_piece() =>
        Assert.That(
            Trimming.Cut(new(0, 20), [new(0, 4), new(4.5, 11), new(12, 20)]).Segments,
            Is.EqualTo([new TimeRange(0, 11), new TimeRange(12, 20)]));

    [Test]
    public void Without_trimming_it_is_cut_in_the_middle_of_the_pause() =>
        Assert.That(
            Tiling.Cut(new(0, 20), [new(0, 4), new(4.5, 11), new(12, 20)]).Segments,
            Is.EqualTo([new TimeRange(0, 11.5), new TimeRange(11.5, 20)]));

    [Test]
    public void A_pause_too_close_to_an_end_is_not_used() =>
        Assert.That(
            Trimming.Cut(new(0, 20), [new(0, 0.1), new(1.1, 9), new(9.2, 20)]).Segments,
            Is.EqualTo([new TimeRange(0, 9), new TimeRange(9.2, 20)]));

    [Test]
    public void Speech_without_pauses_is_cut_into_equal_pieces() =>
        Assert.That(
            Trimming.Cut(new(0, 36), [new(0, 36)]).Segments,
            Is.EqualTo([new TimeRange(0, 12), new TimeRange(12, 24), new TimeRange(24, 36)]));

    [Test]
    public void Twice_the_maximum_is_two_pieces_wherever_it_begins() =>
        Assert.That(Trimming.Cut(new(0, 40), [new(0.1, 30.1)]).Segments, Has.Count.EqualTo(2));

    [Test]
    public void Ten_seconds_of_speech_before_and_after_a_minute_of_silence_are_two_segments()
    {
        var found = new Segmenter(5, 15, 3, trims: true).Cut(new(0, 80), [new(0, 10), new(70, 80)]);
        Assert.That(found.Segments, Is.EqualTo([new TimeRange(0, 10), new TimeRange(70, 80)]));
        Assert.That((found.Silent, found.Short), Is.EqualTo((0, 0)));
    }

    [Test]
    public void Without_trimming_the_pieces_of_a_minute_of_silence_are_left_out_and_counted()
    {
        var found = new Segmenter(5, 15, 3, trims: false).Cut(new(0, 80), [new(0, 10), new(70, 80)]);
        Assert.That(found.Segments, Is.EqualTo([new TimeRange(0, 40 / 3.0), new TimeRange(200 / 3.0, 80)]).Using<TimeRange>(
            (one, other) => Math.Abs(one.Start - other.Start) + Math.Abs(one.End - other.End) < 1e-6 ? 0 : 1));
        Assert.That(found.Silent, Is.EqualTo(3));
    }

    [Test]
    public void Short_speech_after_a_long_pause_is_left_out_and_counted()
    {
        var found = new Segmenter(5, 15, 3, trims: true).Cut(new(0, 30), [new(1, 11), new(20, 22)]);
        Assert.That(found.Segments, Is.EqualTo([new TimeRange(1, 11)]));
        Assert.That(found.Short, Is.EqualTo(1));
    }

    [FsCheck.NUnit.Property]
    public Property Trimmed_pieces_begin_and_end_with_speech_keep_the_bounds_and_hold_no_long_pause(ushort length, ushort[] cuts)
    {
        var (total, speech) = Speech(length, cuts);
        var pieces = Trimming.Cut(new(0, total), speech).Segments;
        return pieces.All(piece => IsSpeech(piece.Start) && IsSpeech(piece.End) && piece.Length is >= 1 and <= 15 + 1e-6
            && Pauses(speech).All(pause => pause.Length <= 3 || pause.Start < piece.Start || pause.End > piece.End)).ToProperty();

        bool IsSpeech(double time) => speech.Any(range => range.Start <= time && time <= range.End);
    }

    [FsCheck.NUnit.Property]
    public Property No_speech_is_lost_but_in_pieces_that_are_counted_as_too_short(ushort length, ushort[] cuts)
    {
        var (total, speech) = Speech(length, cuts);
        var found = Trimming.Cut(new(0, total), speech);
        var missing = speech.Sum(range => range.Length) - found.Segments.Sum(piece => speech.Sum(range => Shared(piece, range)));
        return (missing <= found.Short * 1.0 + 1e-6 && found.Silent <= found.Segments.Count + found.Short).ToProperty();
    }

    [FsCheck.NUnit.Property]
    public Property Pieces_that_are_not_trimmed_tile_a_stretch_of_speech(ushort length)
    {
        var total = 1 + length / 200.0;
        var pieces = Tiling.Cut(new(0, total), [new(0, total)]).Segments;
        return (pieces[0].Start == 0 && pieces[^1].End == total && pieces.Zip(pieces.Skip(1), (a, b) => a.End == b.Start).All(touch => touch)
            && pieces.All(piece => piece.Length is > 1 - 1e-9 and <= 15 + 1e-6)).ToProperty();
    }

    private static (double Total, List<TimeRange> Speech) Speech(ushort length, ushort[] cuts)
    {
        var total = 1 + length / 200.0;
        double[] edges = [0, .. cuts.Select(cut => total * cut / ushort.MaxValue).Order(), total];
        return (total, [.. edges.Chunk(2).Where(pair => pair.Length == 2 && pair[1] > pair[0]).Select(pair => new TimeRange(pair[0], pair[1])).DefaultIfEmpty(new(0, total))]);
    }

    private static IEnumerable<TimeRange> Pauses(List<TimeRange> speech) =>
        speech.Zip(speech.Skip(1), (before, after) => new TimeRange(before.End, after.Start));

    private static double Shared(TimeRange one, TimeRange other) =>
        Math.Max(0, Math.Min(one.End, other.End) - Math.Max(one.Start, other.Start));
}
