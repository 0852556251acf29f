using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;

namespace Tmrvc.SafeTensors.Tests;

public class WriterTests
{
    [Test]
    public void The_bytes_are_those_of_the_format()
    {
        using var stream = new MemoryStream();
        new SafeTensorsWriter(new Dictionary<string, string> { ["made"] = "ä" }).Add("b", [1f], 1).Add("a", [2], 1, 1)
            .WriteTo(stream);

        const string json = """{"__metadata__":{"made":"ä"},"a":{"dtype":"I32","shape":[1,1],"data_offsets":[0,4]},"b":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}""";
        var padded = Encoding.UTF8.GetBytes(json.PadRight(192 - 8 - 1));
        Assert.That(stream.ToArray(), Is.EqualTo((byte[])[184, 0, 0, 0, 0, 0, 0, 0, .. padded, 2, 0, 0, 0, 0, 0, 0x80, 0x3f]));
    }

    [Test]
    public void The_order_of_adding_does_not_change_the_bytes()
    {
        using var one = new MemoryStream();
        using var other = new MemoryStream();
        new SafeTensorsWriter().Add("b", [1f], 1).Add("a", [2f], 1).Add<byte>("0", [3], 1).WriteTo(one);
        new SafeTensorsWriter().Add<byte>("0", [3], 1).Add("a", [2f], 1).Add("b", [1f], 1).WriteTo(other);
        Assert.That(one.ToArray(), Is.EqualTo(other.ToArray()));
    }

    [Test]
    public void Data_starts_at_a_multiple_of_64_bytes_and_tensors_are_aligned_to_their_element([Range(1, 20)] int nameLength)
    {
        using var folder = new TemporaryFolder();
        new SafeTensorsWriter().Add<byte>("a", [1, 2, 3], 3).Add("b", [1f], 1).Add(new string('c', nameLength), [1.0], 1)
            .Save(folder["x"]);
        using var file = SafeTensorsFile.Open(folder["x"]);
        Assert.That(Address(file.Values<double>(new string('c', nameLength))) % 64, Is.Zero);
        Assert.That(Address(file.Floats("b")) % 4, Is.Zero);
    }

    private static unsafe long Address<T>(ReadOnlySpan<T> span) => (long)Unsafe.AsPointer(ref MemoryMarshal.GetReference(span));

    [Test]
    public void A_tensor_that_writes_too_little_fails_and_leaves_no_file()
    {
        using var folder = new TemporaryFolder();
        var writer = new SafeTensorsWriter().Add("a", TensorType.F32, [2], stream => stream.Write([0, 0, 0, 0]));
        Assert.That(
            () => writer.Save(folder["x"]),
            Throws.InvalidOperationException.With.Message.Contains("'a': wrote 4 bytes, F32 [2] takes 8"));
        Assert.That(folder.Names, Is.Empty);
    }

    [Test]
    public void Saving_over_a_file_replaces_it_whole()
    {
        using var folder = new TemporaryFolder();
        new SafeTensorsWriter().Add("a", new float[1000], 1000).Save(folder["x"]);
        new SafeTensorsWriter().Add("a", [5f], 1).Save(folder["x"]);
        using var file = SafeTensorsFile.Open(folder["x"]);
        Assert.That(file.Floats("a").ToArray(), Is.EqualTo([5f]));
        Assert.That(folder.Names, Is.EqualTo(["x"]));
    }

    [Test]
    public void Names_given_twice_reserved_names_negative_dimensions_and_foreign_types_are_refused()
    {
        var writer = new SafeTensorsWriter().Add("a", [1f], 1);
        Assert.That(() => writer.Add("a", [1f], 1), Throws.ArgumentException.With.Message.Contains("twice"));
        Assert.That(() => writer.Add("__metadata__", [1f], 1), Throws.ArgumentException.With.Message.Contains("reserved"));
        Assert.That(() => writer.Add("b", [1f], -1), Throws.ArgumentException.With.Message.Contains("negative"));
        Assert.That(() => writer.Add("c", ['x'], 1), Throws.TypeOf<NotSupportedException>().With.Message.Contains("Char"));
    }
}
