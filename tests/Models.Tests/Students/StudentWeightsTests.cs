using TorchSharp;
using static TorchSharp.torch;

namespace Tmrvc.Models.Tests;

public sealed class StudentWeightsTests
{
    private static readonly string[] Block = ["dwconv", "norm", "pwconv1", "pwconv2"];
    private static readonly string[] Ends = ["input_proj.0", "output_proj"];

    private DisposeScope _scope = null!;
    private string _path = null!;

    [SetUp]
    public void Open()
    {
        _scope = NewDisposeScope();
        _path = Path.Combine(Path.GetTempPath(), TestContext.CurrentContext.Test.ID + ".safetensors");
    }

    [TearDown]
    public void Close()
    {
        _scope.Dispose();
        File.Delete(_path);
    }

    [Test]
    public void Parameters_have_the_names_that_weights_are_exchanged_by()
    {
        var shape = SmallStudent.Architecture;
        Assert.That(Layers(new ContentEncoder(shape)), Is.EquivalentTo(Chain(6, "").Concat(Ends)));
        Assert.That(Layers(new Converter(shape)), Is.EquivalentTo(Chain(8, ".conv_block").Concat(Films(8)).Concat(Ends)));
        Assert.That(Layers(new StudentVocoder(shape)), Is.EquivalentTo(Chain(4, "").Concat(["input_proj.0", "mag_head.0", "phase_cos_head", "phase_sin_head"])));
        Assert.That(Layers(new IrEstimator(shape)), Is.EquivalentTo(Chain(3, "").Concat(["input_proj.0", "mlp.0", "mlp.2"])));
    }

    [Test]
    public void A_full_size_student_has_the_parameters_that_its_shape_tells()
    {
        var shape = new StudentArchitecture();
        Assert.That(Count(new ContentEncoder(shape)), Is.EqualTo(81 * 256 + 256 + 6 * Blocks(256) + 256 * 256 + 256));
        Assert.That(Count(new Converter(shape)), Is.EqualTo(256 * 384 + 384 + 8 * (Blocks(384) + 216 * 768 + 768) + 384 * 513 + 513));
        Assert.That(Count(new StudentVocoder(shape)), Is.EqualTo(513 * 256 + 256 + 4 * Blocks(256) + 3 * (256 * 513 + 513)));
        Assert.That(Count(new IrEstimator(shape)), Is.EqualTo(80 * 128 + 128 + 3 * Blocks(128) + 128 * 64 + 64 + 64 * 24 + 24));
    }

    [Test]
    public void Each_network_comes_back_from_its_file_alone()
    {
        var shape = SmallStudent.Architecture with { Timbre = TimbrePath.Memory };
        Returns(new ContentEncoder(shape, 3), ModelFiles.ContentEncoder, shape);
        Returns(new Converter(shape, 3), ModelFiles.Converter, shape);
        Returns(new StudentVocoder(shape, 3), ModelFiles.StudentVocoder, shape);
        Returns(new IrEstimator(shape, 3), ModelFiles.IrEstimator, shape);
        Returns(new StudentSpeakerEncoder(shape, 3), ModelFiles.StudentSpeakerEncoder, shape);
    }

    [Test]
    public void All_mistakes_of_an_architecture_are_listed_before_anything_is_built() =>
        Assert.That(
            () => new Converter(new() { Content = 0, VocoderDilations = [1, 0], Lora = new LoraLayout { Length = 100 } }), Throws.ArgumentException
                .With.Message.Contains("content: 0").And.Message.Contains("vocoder_dilations: [1, 0]").And.Message.Contains("15744 floats are needed"));

    [Test]
    public void Mistakes_that_would_only_show_when_a_student_is_built_trained_or_exported_are_among_them()
    {
        var shape = SmallStudent.Architecture with
        {
            IrParameters = 7, MaxLookahead = 27, Lora = new LoraLayout { Layers = -1 }, Memory = new TimbreMemoryShape { Width = -4, Heads = 0 },
            SpeakerEncoder = new SpeakerEncoderArchitecture { Mels = 5, Channels = 9, Scale = 2 },
        };
        Assert.That(shape.Mistakes().Select(mistake => mistake.Property), Is.EquivalentTo(new[]
        {
            "memory.width", "memory.heads", "lora", "ir_parameters", "max_lookahead", "speaker_encoder.channels", "speaker_encoder.mels",
        }));
        Assert.That(SmallStudent.Architecture.Mistakes(), Is.Empty);
    }

    private void Returns<T>(T network, ModelFile<T, StudentArchitecture> kind, StudentArchitecture shape) where T : nn.Module
    {
        ModuleWeights.Save(network, _path, kind.Metadata(shape));
        var loaded = ModuleWeights.Of(kind.Load(_path));
        foreach (var (name, weight) in ModuleWeights.Of(network))
            Assert.That(SmallTeacher.Distance(loaded[name], weight), Is.Zero, $"{typeof(T).Name} {name}");
        Assert.That(kind.ArchitectureOf(_path).Timbre, Is.EqualTo(TimbrePath.Memory));
        Assert.That(kind.ArchitectureOf(_path).Lora, Is.EqualTo(shape.Lora));
    }

    private static IEnumerable<string> Chain(int blocks, string within) =>
        Enumerable.Range(0, blocks).SelectMany(block => Block.Select(layer => $"blocks.{block}{within}.{layer}"));

    private static IEnumerable<string> Films(int blocks) => Enumerable.Range(0, blocks).Select(block => $"blocks.{block}.film.proj");

    private static IEnumerable<string> Layers(nn.Module network) =>
        ModuleWeights.Of(network).Keys.Select(name => name[..name.LastIndexOf('.')]).Distinct();

    private static long Count(nn.Module network) => ModuleWeights.Of(network).Values.Sum(weight => weight.numel());

    /// <summary>Depthwise, norm, and two linear layers with a width of four between.</summary>
    private static long Blocks(long channels) => 4 * channels + 2 * channels + 8 * channels * channels + 5 * channels;
}
