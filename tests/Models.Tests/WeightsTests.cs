using Tmrvc.Models;
using Tmrvc.SafeTensors;
using TorchSharp;
using static TorchSharp.torch;

namespace Tmrvc.Models.Tests;

public sealed class WeightsTests
{
    private string _path = null!;

    [SetUp]
    public void Name() => _path = Path.Combine(Path.GetTempPath(), TestContext.CurrentContext.Test.ID + ".safetensors");

    [TearDown]
    public void Remove() => File.Delete(_path);

    [Test]
    public void A_teacher_comes_back_from_its_file_alone()
    {
        using var scope = NewDisposeScope();
        using var teacher = SmallTeacher.Trained(ConditionPath.EveryLevel);
        Save(teacher);
        using var loaded = ModelFiles.Teacher.Load(_path);
        var (noisy, time, conditions) = SmallTeacher.Inputs(1, 20);
        Assert.That(SmallTeacher.Distance(teacher.call(noisy, time, conditions), loaded.call(noisy, time, conditions)), Is.Zero);
        Assert.That(loaded.Architecture.Channels, Is.EqualTo(teacher.Architecture.Channels));
        Assert.That(loaded.Architecture.Dimensions, Is.EqualTo(teacher.Architecture.Dimensions));
    }

    [Test]
    public void Equal_weights_give_equal_bytes()
    {
        using var scope = NewDisposeScope();
        Save(SmallTeacher.Trained(ConditionPath.Bottleneck));
        var first = File.ReadAllBytes(_path);
        Save(SmallTeacher.Trained(ConditionPath.Bottleneck));
        Assert.That(File.ReadAllBytes(_path), Is.EqualTo(first));
    }

    [Test]
    public void Weights_that_do_not_fit_are_refused_with_every_difference()
    {
        using var linear = nn.Linear(2, 3);
        new SafeTensorsWriter().Add("weight", new float[4], 2, 2).Add("scale", new float[1], 1).Save(_path);
        Assert.That(() => ModuleWeights.Load(linear, _path), Throws.TypeOf<InvalidDataException>()
            .With.Message.Contains("'bias' is missing")
            .And.Message.Contains("'weight' is [2, 2], [3, 2] is needed")
            .And.Message.Contains("'scale' is not one of its weights"));
    }

    [Test]
    public void A_file_without_an_architecture_is_not_a_teacher()
    {
        new SafeTensorsWriter().Add("weight", new float[1], 1).Save(_path);
        Assert.That(() => ModelFiles.Teacher.Load(_path), Throws.TypeOf<InvalidDataException>().With.Message.Contains("architecture"));
    }

    private void Save(Teacher teacher) => ModuleWeights.Save(teacher, _path, ModelFiles.Teacher.Metadata(teacher.Architecture));
}
