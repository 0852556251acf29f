using FsCheck;
using FsCheck.Fluent;

namespace Tmrvc.SafeTensors.Tests;

public class RoundTripTests
{
    [FsCheck.NUnit.Property(MaxTest = 50)]
    public Property Any_floats_read_back_bit_for_bit(float[][] tensors, string?[] texts)
    {
        using var folder = new TemporaryFolder();
        var metadata = texts.OfType<string>().Where(text => text.All(c => !char.IsSurrogate(c))).Distinct()
            .ToDictionary(text => text, text => text + "!");
        var writer = new SafeTensorsWriter(metadata);
        for (var i = 0; i < tensors.Length; i++)
            writer.Add($"t{i}", tensors[i], tensors[i].Length, 1);
        writer.Save(folder["x"]);

        using var file = SafeTensorsFile.Open(folder["x"]);
        var same = tensors.Select((values, i) => Bits(file.Floats($"t{i}")).SequenceEqual(Bits(values))).All(equal => equal);
        return (same && file.Tensors.Count == tensors.Length && metadata.All(pair => file.Metadata[pair.Key] == pair.Value))
            .ToProperty();
    }

    private static int[] Bits(ReadOnlySpan<float> values) => values.ToArray().Select(BitConverter.SingleToInt32Bits).ToArray();

    [Test]
    public void Every_element_type_keeps_its_values_and_shape()
    {
        using var folder = new TemporaryFolder();
        new SafeTensorsWriter().Add("f64", [Math.PI], 1).Add("i64", [long.MinValue, 7], 2).Add("f32", [1.5f, -0f], 1, 2)
            .Add("i32", [-3], 1).Add("f16", [(Half)0.1f], 1).Add<byte>("u8", [255, 0, 9], 3)
            .Add("bf16", TensorType.BF16, [2], stream => stream.Write([0x80, 0x3f, 0x00, 0x40])).Save(folder["x"]);

        using var file = SafeTensorsFile.Open(folder["x"]);
        Assert.That(file.Values<double>("f64").ToArray(), Is.EqualTo([Math.PI]));
        Assert.That(file.Values<long>("i64").ToArray(), Is.EqualTo([long.MinValue, 7]));
        Assert.That(file.Floats("f32").ToArray(), Is.EqualTo([1.5f, -0f]));
        Assert.That(file["f32"].Shape, Is.EqualTo([1, 2]));
        Assert.That(file.Values<int>("i32").ToArray(), Is.EqualTo([-3]));
        Assert.That(file.Values<Half>("f16").ToArray(), Is.EqualTo([(Half)0.1f]));
        Assert.That(file.Values<byte>("u8").ToArray(), Is.EqualTo([255, 0, 9]));
        Assert.That(file.Bytes("bf16").ToArray(), Is.EqualTo([0x80, 0x3f, 0x00, 0x40]));
        Assert.That(file["bf16"].Type, Is.EqualTo(TensorType.BF16));
    }

    [Test]
    public void Scalars_and_empty_tensors_are_kept()
    {
        using var folder = new TemporaryFolder();
        new SafeTensorsWriter().Add("scalar", [4f]).Add<float>("empty", [], 0, 80).Save(folder["x"]);

        using var file = SafeTensorsFile.Open(folder["x"]);
        Assert.That(file["scalar"].Shape, Is.Empty);
        Assert.That(file.Floats("scalar")[0], Is.EqualTo(4f));
        Assert.That(file.Floats("empty").Length, Is.Zero);
    }

    [Test]
    public void A_file_without_tensors_opens()
    {
        using var folder = new TemporaryFolder();
        new SafeTensorsWriter().Save(folder["x"]);
        using var file = SafeTensorsFile.Open(folder["x"]);
        Assert.That(file.Tensors, Is.Empty);
    }

    [Test]
    public void Spans_of_one_tensor_are_the_same_memory_so_nothing_is_copied()
    {
        using var folder = new TemporaryFolder();
        new SafeTensorsWriter().Add("a", [1f, 2f], 2).Save(folder["x"]);
        using var file = SafeTensorsFile.Open(folder["x"]);
        Assert.That(file.Floats("a") == file.Floats("a"), Is.True);
        Assert.That(file.Bytes("a", 4, 4).ToArray(), Is.EqualTo(BitConverter.GetBytes(2f)));
    }
}
