using System.IO.Compression;
using Tmrvc.Audio.Tests.Support;

namespace Tmrvc.Audio.Tests.Rooms;

public sealed class MatlabFileTests
{
    [TestCase("compressed.mat")]
    [TestCase("column.mat")]
    public void A_vector_and_the_fields_of_a_struct_are_read(string name)
    {
        using var file = MatlabFile.Open(PathOf(name));
        var samples = file.Vector("h_air");
        var fields = file.Fields("air_info", "fs", "room", "distance", "azimuth", "comment", "head");

        Assert.That((samples.Length, samples[96], samples[300], samples.Sum()), Is.EqualTo((480, 1, -0.25, 0.75)));
        Assert.That(fields.Numbers, Is.EquivalentTo(new Dictionary<string, double> { ["fs"] = 48000, ["distance"] = 1.45 }));
        Assert.That(fields.Texts, Is.EquivalentTo(new Dictionary<string, string> { ["room"] = "meeting" }));
    }

    [Test]
    public void A_matrix_is_no_vector()
    {
        using var file = MatlabFile.Open(PathOf("stereo.mat"));

        Assert.That(() => file.Vector("h_air"), Throws.TypeOf<UnreadableAudioException>().With.Message.Contains("'h_air' is no real vector of class double"));
    }

    [Test]
    public void A_variable_that_is_not_there_is_named()
    {
        using var file = MatlabFile.Open(PathOf("stereo.mat"));

        Assert.That(() => file.Fields("air_info", "fs"), Throws.TypeOf<UnreadableAudioException>().With.Message.Contains("no readable variable 'air_info'"));
        Assert.That(() => file.Fields("h_air", "fs"), Throws.TypeOf<UnreadableAudioException>().With.Message.Contains("'h_air' is no struct"));
    }

    [Test]
    public void Files_of_other_formats_are_refused()
    {
        using var folder = new Folder();
        var text = folder.File("text.mat");
        File.WriteAllText(text, "not a matrix");

        foreach (var path in new[] { PathOf("format4.mat"), text })
            Assert.That(() => MatlabFile.Open(path), Throws.TypeOf<UnreadableAudioException>().With.Message.Contains("not a MATLAB file of format 5"));
    }

    [Test]
    public void A_damaged_file_is_refused_wherever_it_is_cut_or_changed()
    {
        using var folder = new Folder();
        var whole = File.ReadAllBytes(PathOf("compressed.mat"));
        var damaged = folder.File("damaged.mat");
        for (var cut = 128; cut < whole.Length; cut++)
        {
            File.WriteAllBytes(damaged, whole[..cut]);
            Assert.That(() => Read(damaged), Throws.TypeOf<UnreadableAudioException>(), () => $"cut after {cut} bytes");
        }
        for (var place = 128; place < whole.Length; place++)
        {
            byte[] changed = [.. whole];
            changed[place] ^= 0x5A;
            File.WriteAllBytes(damaged, changed);
            Assert.That(Attempt(damaged), Is.Null.Or.EqualTo(Read(PathOf("compressed.mat"))), () => $"byte {place} changed");
        }
    }

    [Test]
    public void What_unpacks_to_more_than_is_allowed_is_refused_on_the_way()
    {
        using var folder = new Folder();
        var bomb = folder.File("bomb.mat");
        File.WriteAllBytes(bomb, [.. File.ReadAllBytes(PathOf("compressed.mat"))[..128], .. Element(15, Packed(new byte[8 << 20]))]);

        Assert.That(new FileInfo(bomb).Length, Is.LessThan(100_000));
        Assert.That(
            () => MatlabSoundness.Require(bomb, 4 << 20),
            Throws.TypeOf<UnreadableAudioException>().With.Message.Contains("unpacks to more than 4 MiB, which are allowed"));
        Assert.That(() => MatlabSoundness.Require(bomb, 9 << 20), Throws.Nothing);
        Assert.That(
            () => MatlabSoundness.Require(bomb, 1000), Throws.TypeOf<UnreadableAudioException>().With.Message.Contains("has more than 0 MiB"));
    }

    [Test]
    public void A_variable_that_asks_for_much_memory_is_refused_before_it_gets_any()
    {
        using var folder = new Folder();
        var greedy = folder.File("greedy.mat");
        byte[] matrix =
        [
            .. Element(6, [6, 0, 0, 0, 0, 0, 0, 0]), .. Element(5, [1, 0, 0, 0, 0, 0, 0, 0x40]),
            .. Element(1, "h_air\0\0\0"u8.ToArray()), .. Element(9, new byte[16]),
        ];
        File.WriteAllBytes(greedy, [.. File.ReadAllBytes(PathOf("compressed.mat"))[..128], .. Element(14, matrix)]);
        using var file = MatlabFile.Open(greedy);

        Assert.That(
            () => file.Vector("h_air"),
            Throws.TypeOf<UnreadableAudioException>().With.Message.Contains("'h_air' is to hold 1073741824 values, 33554432 are allowed"));
    }

    private static byte[] Element(int type, byte[] content) => [.. BitConverter.GetBytes(type), .. BitConverter.GetBytes(content.Length), .. content];

    private static byte[] Packed(byte[] content)
    {
        using var packed = new MemoryStream();
        using (var deflate = new ZLibStream(packed, CompressionLevel.Fastest))
            deflate.Write(content);
        return packed.ToArray();
    }

    private static (double, double, string)? Attempt(string path)
    {
        try
        {
            return Read(path);
        }
        catch (UnreadableAudioException)
        {
            return null;
        }
    }

    /// <summary>Some bits of a compressed stream may be either way: what is read is the same.</summary>
    private static (double, double, string) Read(string path)
    {
        using var file = MatlabFile.Open(path);
        var fields = file.Fields("air_info", "fs", "room");
        return (file.Vector("h_air").Select((value, n) => n * value).Sum(), fields.Numbers["fs"], fields.Texts["room"]);
    }

    private static string PathOf(string name) => Path.Combine(AppContext.BaseDirectory, "matlab", name);
}
