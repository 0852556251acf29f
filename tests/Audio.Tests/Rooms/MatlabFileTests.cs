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
