using System.Text;

namespace Tmrvc.SafeTensors.Tests;

public class HostileFileTests
{
    private const string A = "\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]}";

    [TestCase("[]", 0, "an object is allowed")]
    [TestCase("{", 0, "not valid JSON")]
    [TestCase("", 0, "not valid JSON")]
    [TestCase("{\"a\":3}", 0, "'a': an object of dtype")]
    [TestCase("{" + A + "}", 7, "truncated or has a tail")]
    [TestCase("{" + A + "}", 9, "truncated or has a tail")]
    [TestCase("{" + A + "," + A + "}", 8, "not valid JSON")]
    [TestCase("{" + A + ",\"b\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[4,12]}}", 12, "'b': starts at byte 4, 8 is allowed")]
    [TestCase("{" + A + ",\"b\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[12,16]}}", 16, "'b': starts at byte 12, 8 is allowed")]
    [TestCase("{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[8,0]}}", 8, "begin ≤ end")]
    [TestCase("{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0]}}", 8, "begin ≤ end")]
    [TestCase("{\"a\":{\"dtype\":\"F32\",\"shape\":[3],\"data_offsets\":[0,8]}}", 8, "span 8 bytes, F32 [3] takes 12")]
    [TestCase("{\"a\":{\"dtype\":\"F32\",\"shape\":[-2],\"data_offsets\":[0,8]}}", 8, "shape: found -2")]
    [TestCase("{\"a\":{\"dtype\":\"F32\",\"shape\":[2.5],\"data_offsets\":[0,8]}}", 8, "shape: found 2.5")]
    [TestCase("{\"a\":{\"dtype\":\"F32\",\"shape\":2,\"data_offsets\":[0,8]}}", 8, "shape: found a JSON Number")]
    [TestCase("{\"a\":{\"dtype\":\"F32\",\"shape\":[4611686018427387904,4],\"data_offsets\":[0,0]}}", 0, "larger than any file")]
    [TestCase("{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,99999999999999999999]}}", 8, "data_offsets: found 99999999999999999999")]
    [TestCase("{\"a\":{\"dtype\":\"F8\",\"shape\":[8],\"data_offsets\":[0,8]}}", 8, "dtype: found 'F8'")]
    [TestCase("{\"a\":{\"dtype\":2,\"shape\":[2],\"data_offsets\":[0,8]}}", 8, "dtype: found '2'")]
    [TestCase("{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"offsets\":[0,8]}}", 8, "data_offsets: is missing")]
    [TestCase("{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8],\"x\":1}}", 8, "an object of dtype")]
    [TestCase("{\"__metadata__\":{\"k\":1}}", 0, "__metadata__.k: found a JSON Number")]
    [TestCase("{\"__metadata__\":{\"k\":\"\\ud800\"}}", 0, "not valid JSON")]
    [TestCase("{\"__metadata__\":[]}", 0, "__metadata__: found a JSON Array")]
    public void A_false_header_is_refused_by_name(string json, int dataBytes, string message)
    {
        using var folder = new TemporaryFolder();
        var header = Encoding.UTF8.GetBytes(json);
        File.WriteAllBytes(folder["x"], [.. BitConverter.GetBytes((ulong)header.Length), .. header, .. new byte[dataBytes]]);
        Assert.That(
            () => SafeTensorsFile.Open(folder["x"]), Throws.TypeOf<SafeTensorsException>().With.Message.Contains(message));
    }

    [TestCase(new byte[0], "has 0 bytes")]
    [TestCase(new byte[] { 1, 2, 3 }, "has 3 bytes")]
    [TestCase(new byte[] { 255, 255, 255, 255, 255, 255, 255, 255, 0 }, "claims 18446744073709551615 bytes, at most 1 are possible")]
    [TestCase(new byte[] { 3, 0, 0, 0, 0, 0, 0, 0, (byte)'{', (byte)'}' }, "claims 3 bytes, at most 2 are possible")]
    public void A_file_too_short_for_its_header_is_refused(byte[] bytes, string message)
    {
        using var folder = new TemporaryFolder();
        File.WriteAllBytes(folder["x"], bytes);
        Assert.That(
            () => SafeTensorsFile.Open(folder["x"]), Throws.TypeOf<SafeTensorsException>().With.Message.Contains(message));
    }

    [FsCheck.NUnit.Property(MaxTest = 300)]
    public void A_file_with_one_byte_changed_opens_or_is_refused_but_never_reads_outside(int position, byte value)
    {
        using var folder = new TemporaryFolder();
        using var stream = new MemoryStream();
        new SafeTensorsWriter().Add("a", [1f, 2f], 2).Add<byte>("b", [1, 2, 3], 3).WriteTo(stream);
        var bytes = stream.ToArray();
        bytes[(uint)position % bytes.Length] = value;
        File.WriteAllBytes(folder["x"], bytes);
        try
        {
            using var file = SafeTensorsFile.Open(folder["x"]);
            Assert.That(file.Tensors.Sum(tensor => file.Bytes(tensor.Name).Length), Is.EqualTo(11));
        }
        catch (SafeTensorsException e)
        {
            Assert.That(e.Message, Does.StartWith(folder["x"]));
        }
    }

    [Test]
    public void Wrong_names_wrong_types_parts_outside_and_use_after_disposal_are_refused()
    {
        using var folder = new TemporaryFolder();
        new SafeTensorsWriter().Add("a", [1f, 2f], 2).Save(folder["x"]);
        var file = SafeTensorsFile.Open(folder["x"]);
        Assert.That(() => file.Floats("b").Length, Throws.TypeOf<KeyNotFoundException>().With.Message.Contains("no tensor 'b'"));
        Assert.That(
            () => file.Values<int>("a").Length, Throws.TypeOf<SafeTensorsException>().With.Message.Contains("holds F32, I32"));
        Assert.That(() => file.Bytes("a", 4, 5).Length, Throws.TypeOf<ArgumentOutOfRangeException>());
        Assert.That(() => file.Bytes("a", long.MaxValue, 1).Length, Throws.TypeOf<ArgumentOutOfRangeException>());
        file.Dispose();
        Assert.That(() => file.Floats("a").Length, Throws.TypeOf<ObjectDisposedException>());
    }
}
