using System.Text;

namespace Tmrvc.TensorBoard.Tests;

public sealed class EventFileTests
{
    private string _folder = null!;

    [SetUp]
    public void Prepare() => _folder = Directory.CreateTempSubdirectory("events-").FullName;

    [TearDown]
    public void Clear() => Directory.Delete(_folder, recursive: true);

    [Test]
    public void A_file_begins_with_the_bytes_that_every_event_file_has()
    {
        EventFile.Create(_folder, TimeProvider.System).Dispose();
        var bytes = File.ReadAllBytes(Path.Combine(_folder, EventFile.FileName));
        Assert.That(bytes[..12], Is.EqualTo(new byte[] { 0x18, 0, 0, 0, 0, 0, 0, 0, 0xa3, 0x7f, 0x4b, 0x22 }));
        Assert.That(EventReader.Read(_folder).Single().FileVersion, Is.EqualTo("brain.Event:2"));
    }

    [Test]
    public void The_readers_checksum_is_that_of_Castagnoli() =>
        Assert.That(EventReader.Crc32C("123456789"u8), Is.EqualTo(0xE3069283u));

    [Test]
    public void Scalars_are_read_back_with_their_step_and_time()
    {
        using (var file = EventFile.Create(_folder, new StandingClock()))
            file.Scalars(300, [("train/loss", 0.25), ("train/lr", 1e-4)]);
        var entry = EventReader.Read(_folder)[1];
        Assert.That((entry.Step, entry.WallTime), Is.EqualTo((300L, 1_700_000_000.5)));
        Assert.That(entry.Values.Select(v => (v.Tag, v.Scalar)), Is.EqualTo(new[] { ("train/loss", 0.25f), ("train/lr", 1e-4f) }));
    }

    [Test]
    public void A_sound_is_read_back_with_its_rate_and_bytes()
    {
        using (var file = EventFile.Create(_folder, TimeProvider.System))
            file.Sound(7, "validation/a", 24000, 2, "RIFF"u8);
        var value = EventReader.Read(_folder)[1].Values.Single();
        Assert.That(value.Tag, Is.EqualTo("validation/a"));
        Assert.That(BitConverter.ToSingle(value.Medium[1]), Is.EqualTo(24000f));
        Assert.That((value.Medium[2][0], value.Medium[3][0]), Is.EqualTo(((byte)1, (byte)2)));
        Assert.That(Encoding.ASCII.GetString(value.Medium[4]) + Encoding.ASCII.GetString(value.Medium[5]), Is.EqualTo("RIFFaudio/wav"));
    }

    [Test]
    public void A_picture_is_read_back_as_the_png_of_its_size()
    {
        var picture = GreyPicture.OfBands([0, 1, 2, 3, 4, 5], bands: 2);
        using (var file = EventFile.Create(_folder, TimeProvider.System))
            file.Picture(7, "mel", picture);
        var medium = EventReader.Read(_folder)[1].Values.Single().Medium;
        Assert.That((medium[1][0], medium[2][0], medium[3][0]), Is.EqualTo(((byte)2, (byte)3, (byte)1)));
        Assert.That(medium[4], Is.EqualTo(picture.Png()));
    }

    [Test]
    public void A_run_that_goes_on_from_a_checkpoint_drops_what_came_after_its_mark()
    {
        using (var file = EventFile.Create(_folder, TimeProvider.System))
        {
            Steps(file, 0, 5);
            file.MarkCheckpoint(5);
            Steps(file, 5, 8);
        }
        using (var file = EventFile.Continue(_folder, 5, TimeProvider.System)!)
            Steps(file, 5, 10);
        Assert.That(StepsOf(EventReader.Read(_folder)), Is.EqualTo(Enumerable.Range(0, 10)));
    }

    [TestCase(-3)]
    [TestCase(-20)]
    public void A_torn_end_is_dropped_with_what_came_after_the_mark(int cut)
    {
        using (var file = EventFile.Create(_folder, TimeProvider.System))
        {
            file.MarkCheckpoint(5);
            Steps(file, 5, 8);
        }
        using (var stream = File.OpenWrite(Path.Combine(_folder, EventFile.FileName))) stream.SetLength(stream.Length + cut);
        using (var file = EventFile.Continue(_folder, 5, TimeProvider.System)!)
            Steps(file, 5, 6);
        Assert.That(StepsOf(EventReader.Read(_folder)), Is.EqualTo(new[] { 5 }));
    }

    [Test]
    public void Without_the_mark_there_is_nothing_to_continue()
    {
        Assert.That(EventFile.Continue(_folder, 5, TimeProvider.System), Is.Null);
        using (var file = EventFile.Create(_folder, TimeProvider.System)) file.MarkCheckpoint(4);
        Assert.That(EventFile.Continue(_folder, 5, TimeProvider.System), Is.Null);
    }

    private static void Steps(EventFile file, int first, int end)
    {
        for (var step = first; step < end; step++) file.Scalars(step, [("loss", step)]);
    }

    private static IEnumerable<long> StepsOf(IEnumerable<EventReader.Entry> entries) =>
        entries.Where(entry => entry.Values.Count > 0).Select(entry => entry.Step);

    private sealed class StandingClock : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => DateTimeOffset.UnixEpoch.AddSeconds(1_700_000_000.5);
    }
}
