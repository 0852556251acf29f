using Tmrvc.Models;
using TorchSharp;
using static TorchSharp.torch;

namespace Tmrvc.Models.Tests;

/// <summary>In double precision, where only a true dependence is larger than rounding.</summary>
[TestFixture(ConditionPath.Bottleneck)]
[TestFixture(ConditionPath.EveryLevel)]
public sealed class TeacherPaddingTests(ConditionPath path)
{
    private const double Rounding = 1e-10;

    private DisposeScope _scope = null!;
    private Teacher _teacher = null!;

    [SetUp]
    public void Build()
    {
        _scope = NewDisposeScope();
        _teacher = SmallTeacher.Trained(path);
        _teacher.to(ScalarType.Float64);
    }

    [TearDown]
    public void Release()
    {
        _teacher.Dispose();
        _scope.Dispose();
    }

    [Test]
    public void Velocities_of_valid_frames_do_not_depend_on_the_padding([Values(1, 2, 9, 16, 17, 33, 47)] int frames, [Values(1, 5, 31)] int padding)
    {
        using var withoutGradient = no_grad();
        var (noisy, time, conditions) = SmallTeacher.Inputs(2, frames + padding, ScalarType.Float64); // what stands in the padding is noise
        var alone = _teacher.call(noisy.narrow(2, 0, frames), time, Cropped(conditions, frames));
        var padded = _teacher.call(noisy, time, conditions with { Mask = Mask(frames + padding, frames, frames) });
        Assert.That(SmallTeacher.Distance(padded.narrow(2, 0, frames), alone), Is.LessThan(Rounding));
        Assert.That(padded.narrow(2, frames, padding).abs().max().item<double>(), Is.Zero, "padding");
    }

    [Test]
    public void Utterances_of_a_batch_keep_their_own_lengths()
    {
        using var withoutGradient = no_grad();
        var (noisy, time, conditions) = SmallTeacher.Inputs(2, 40, ScalarType.Float64);
        var together = _teacher.call(noisy, time, conditions with { Mask = Mask(40, 40, 21) });
        var (shortNoisy, shortTime, shortConditions) = Only(1, noisy, time, conditions);
        var alone = _teacher.call(shortNoisy.narrow(2, 0, 21), shortTime, Cropped(shortConditions, 21));
        Assert.That(SmallTeacher.Distance(together.narrow(0, 1, 1).narrow(2, 0, 21), alone), Is.LessThan(Rounding));
    }

    [Test]
    public void A_mask_of_ones_equals_no_mask([Values(16, 23)] int frames)
    {
        using var withoutGradient = no_grad();
        var (noisy, time, conditions) = SmallTeacher.Inputs(2, frames, ScalarType.Float64);
        var masked = _teacher.call(noisy, time, conditions with { Mask = Mask(frames, frames, frames) });
        Assert.That(SmallTeacher.Distance(masked, _teacher.call(noisy, time, conditions)), Is.LessThan(Rounding));
    }

    [Test]
    public void Utterances_of_a_batch_do_not_see_each_other()
    {
        using var withoutGradient = no_grad();
        var (noisy, time, conditions) = SmallTeacher.Inputs(3, 20, ScalarType.Float64);
        var together = _teacher.call(noisy, time, conditions);
        for (var i = 0; i < 3; i++)
        {
            var (ownNoisy, ownTime, own) = Only(i, noisy, time, conditions);
            Assert.That(SmallTeacher.Distance(together.narrow(0, i, 1), _teacher.call(ownNoisy, ownTime, own)), Is.LessThan(Rounding));
        }
    }

    [Test]
    public void Gradients_of_a_masked_batch_do_not_depend_on_the_padding()
    {
        var (noisy, time, conditions) = SmallTeacher.Inputs(2, 40, ScalarType.Float64);
        var unpadded = Gradients(noisy.narrow(2, 0, 27), time, Cropped(conditions, 27));
        var padded = Gradients(noisy, time, conditions with { Mask = Mask(40, 27, 27) });
        foreach (var (name, gradient) in unpadded)
            Assert.That(SmallTeacher.Distance(gradient, padded[name]), Is.LessThan(1e-8 * (1 + gradient.abs().max().item<double>())), name);
    }

    private Dictionary<string, Tensor> Gradients(Tensor noisy, Tensor time, TeacherConditions conditions)
    {
        foreach (var parameter in _teacher.parameters()) parameter.grad?.zero_();
        _teacher.call(noisy, time, conditions).narrow(2, 0, 27).square().sum().backward();
        return _teacher.named_parameters().ToDictionary(p => p.name, p => p.parameter.grad!.clone());
    }

    private static Tensor Mask(int frames, params int[] lengths) =>
        stack(lengths.Select(length => arange(frames).lt(length).to(ScalarType.Float64).unsqueeze(0)));

    private static TeacherConditions Cropped(TeacherConditions conditions, int frames) => conditions with
    {
        Content = conditions.Content.narrow(2, 0, frames),
        LogF0 = conditions.LogF0.narrow(2, 0, frames),
        Voiced = conditions.Voiced.narrow(2, 0, frames),
    };

    private static (Tensor, Tensor, TeacherConditions) Only(int i, Tensor noisy, Tensor time, TeacherConditions conditions)
    {
        Tensor Row(Tensor batch) => batch.narrow(0, i, 1);
        return (Row(noisy), Row(time), new TeacherConditions(Row(conditions.Content), Row(conditions.LogF0), Row(conditions.Voiced),
            Row(conditions.Speaker), Row(conditions.Ir), null));
    }
}
