using Tmrvc.Models;
using TorchSharp;
using static TorchSharp.torch;

namespace Tmrvc.Models.Tests;

[TestFixture(ConditionPath.Bottleneck)]
[TestFixture(ConditionPath.EveryLevel)]
public sealed class TeacherTests(ConditionPath path)
{
    [Test]
    public void A_gradient_reaches_every_parameter()
    {
        using var scope = NewDisposeScope();
        using var teacher = SmallTeacher.Trained(path);
        var (noisy, time, conditions) = SmallTeacher.Inputs(3, 48);
        teacher.call(noisy, time, conditions).square().sum().backward();
        var still = teacher.named_parameters().Where(p => !HasGradient(p.parameter)).Select(p => p.name).ToList();
        // A bias of keys adds the same to every score of a query, and softmax does not see it.
        Assert.That(still.Where(name => !name.EndsWith("k_proj.bias", StringComparison.Ordinal)), Is.Empty);
    }

    [Test]
    public void An_untrained_teacher_gives_no_velocity_or_the_linear_one_and_learns()
    {
        using var scope = NewDisposeScope();
        using var teacher = new Teacher(SmallTeacher.Architecture(path));
        var (noisy, time, conditions) = SmallTeacher.Inputs(2, 32);
        var target = randn_like(noisy);
        var losses = Enumerable.Range(0, 20).Select(_ => Descend(teacher, target, noisy, time, conditions)).ToList();
        var start = path == ConditionPath.EveryLevel ? Teacher.LinearVelocity(noisy, time, 0.4) : zeros_like(noisy);
        Assert.That(losses[0], Is.EqualTo((start - target).square().mean().item<float>()).Within(1e-5));
        Assert.That(losses[^1], Is.LessThan(0.7 * losses[0]));
    }

    [Test]
    public void The_linear_velocity_has_the_least_error_among_all_that_are_linear([Values(0.1, 0.5, 0.9)] double t)
    {
        using var scope = NewDisposeScope();
        const double deviation = 0.4;
        using var generator = new Generator(1);
        var (data, noise) = (randn([1, 1, 200_000], generator: generator) * deviation, randn([1, 1, 200_000], generator: generator));
        var noisy = (1 - t) * data + t * noise;
        var slope = Teacher.LinearVelocity(ones(1, 1, 1), tensor(new[] { (float)t }), deviation).item<float>();
        double Error(double factor) => (noise - data - factor * noisy).square().mean().item<float>();
        Assert.That(Error(slope), Is.LessThan(Error(slope - 0.05)).And.LessThan(Error(slope + 0.05)));
    }

    [Test]
    public void Equal_seeds_give_equal_weights_and_others_do_not()
    {
        using var scope = NewDisposeScope();
        var architecture = SmallTeacher.Architecture(path);
        using var first = new Teacher(architecture, seed: 5);
        using var second = new Teacher(architecture, seed: 5);
        using var third = new Teacher(architecture, seed: 6);
        Assert.That(Fingerprint(second), Is.EqualTo(Fingerprint(first)));
        Assert.That(Fingerprint(third), Is.Not.EqualTo(Fingerprint(first)));
    }

    [Test]
    public void Each_condition_moves_the_velocity()
    {
        using var scope = NewDisposeScope();
        using var withoutGradient = no_grad();
        using var teacher = SmallTeacher.Trained(path);
        var (noisy, time, c) = SmallTeacher.Inputs(1, 32);
        var velocity = teacher.call(noisy, time, c);
        var changed = new Dictionary<string, Tensor>
        {
            ["time"] = teacher.call(noisy, time * 0.5, c),
            ["content"] = teacher.call(noisy, time, c with { Content = c.Content * 0.5 }),
            ["F0"] = teacher.call(noisy, time, c with { LogF0 = c.LogF0 * 1.1 }),
            ["speaker"] = teacher.call(noisy, time, c with { Speaker = c.Speaker * -1 }),
            ["impulse response"] = teacher.call(noisy, time, c with { Ir = c.Ir * -1 }),
        };
        foreach (var (condition, moved) in changed)
            Assert.That(SmallTeacher.Distance(velocity, moved), Is.GreaterThan(1e-5), condition);
    }

    private static bool HasGradient(Tensor parameter) => parameter.grad is { } gradient && gradient.abs().max().item<float>() > 0;

    /// <summary>One step down the sign of each gradient; the loss before it.</summary>
    private static float Descend(Teacher teacher, Tensor target, Tensor noisy, Tensor time, TeacherConditions conditions)
    {
        using var scope = NewDisposeScope();
        teacher.zero_grad();
        var loss = (teacher.call(noisy, time, conditions) - target).square().mean();
        loss.backward();
        using var withoutGradient = no_grad();
        foreach (var parameter in teacher.parameters())
        {
            if (parameter.grad is { } gradient) parameter.sub_(gradient.sign(), alpha: 5e-3);
        }
        return loss.item<float>();
    }

    private static float[] Fingerprint(Teacher teacher) =>
        [.. ModuleWeights.Of(teacher).Values.SelectMany(weight => weight.detach().data<float>().ToArray())];
}
