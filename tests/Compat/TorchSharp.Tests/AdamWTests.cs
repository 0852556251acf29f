using TorchSharp.Modules;
using static TorchSharp.torch;

namespace TorchSharp.Tests;

public sealed class AdamWTests
{
    private DisposeScope scope = null!;

    [SetUp]
    public void Enter() => scope = NewDisposeScope();

    [TearDown]
    public void Leave() => scope.Dispose();

    /// <summary>
    /// The update of the paper, in doubles; the float type goes through one pass, the double type through operators.
    /// </summary>
    [TestCase(ScalarType.Float32, false, 2e-6)]
    [TestCase(ScalarType.Float64, false, 1e-12)]
    [TestCase(ScalarType.Float32, true, 2e-6)]
    public void Steps_follow_the_paper(ScalarType type, bool maximize, double tolerance)
    {
        double[] values = [0.5, -1.25, 3.0], gradients = [0.1, -2.0, 1e-4];
        var parameter = new Parameter(tensor(values, dtype: type));
        using var optimizer = optim.AdamW([parameter], lr: 0.01, weight_decay: 0.1, maximize: maximize);
        var expected = new Reference(values);
        for (int step = 1; step <= 5; step++)
        {
            double[] slopes = [.. gradients.Select(gradient => gradient * step)];
            parameter.grad = tensor(slopes, dtype: type);
            optimizer.step();
            expected.Step(slopes, 0.01, 0.1, maximize ? -1 : 1);
        }
        Assert.That(parameter.detach().Doubles(), Is.EqualTo(expected.Values).Within(tolerance));
    }

    [Test]
    public void One_pass_and_operators_agree_over_a_large_tensor()
    {
        manual_seed(2);
        var start = randn(300_000);
        var gradient = randn(300_000);
        Parameter plain = new(start.clone()), strided = new(start.view(600, 500).t());
        using var left = optim.AdamW([plain], lr: 1e-2, weight_decay: 0.01);
        using var right = optim.AdamW([strided], lr: 1e-2, weight_decay: 0.01);
        for (int step = 0; step < 3; step++)
        {
            plain.grad = gradient;
            strided.grad = gradient.view(600, 500).t();
            left.step();
            right.step();
        }
        Assert.That(strided.is_contiguous(), Is.False);
        Assert.That(plain.view(600, 500).allclose(strided.t(), 1e-6, 1e-7), Is.True);
    }

    [Test]
    public void A_state_round_trip_goes_on_as_if_never_left()
    {
        Parameter first = new(ones(4)), second = new(ones(4));
        using var left = optim.AdamW([first], lr: 0.1, weight_decay: 0.01);
        using var right = optim.AdamW([second], lr: 0.5);
        Train(first, left, 3);
        right.load_state_dict(left.state_dict());
        using (no_grad()) second.copy_(first);
        Train(first, left, 2);
        Train(second, right, 2);
        Assert.That(second.Equals((Tensor)first), Is.True);
        Assert.That(((AdamW.State)right.state_dict().State[0]).step, Is.EqualTo(5));
    }

    [Test]
    public void A_parameter_without_a_gradient_stays()
    {
        Parameter moved = new(ones(2)), kept = new(ones(2));
        using var optimizer = optim.AdamW([moved, kept], lr: 0.1);
        moved.sum().backward();
        optimizer.step();
        Assert.That(moved.detach().Floats(), Is.EqualTo(new[] { 0.9f, 0.9f }).Within(1e-6));
        Assert.That(kept.detach().Floats(), Is.EqualTo(new[] { 1f, 1f }));
    }

    [Test]
    public void Amsgrad_keeps_the_largest_average()
    {
        var parameter = new Parameter(zeros(1));
        using var optimizer = optim.AdamW([parameter], lr: 0.1, amsgrad: true);
        parameter.grad = tensor(new[] { 4f });
        optimizer.step();
        parameter.grad = tensor(new[] { 0f });
        optimizer.step();
        var state = (AdamW.State)optimizer.state_dict().State[0];
        Assert.That(state.max_exp_avg_sq!.Floats()[0], Is.EqualTo(0.016f).Within(1e-7));
        Assert.That(state.exp_avg_sq.Floats()[0], Is.LessThan(0.016f));
    }

    [Test]
    public void Groups_have_rates_of_their_own_and_a_scheduler_scales_them()
    {
        var groups = new[] { new AdamW.ParamGroup([new Parameter(ones(1))], lr: 0.1), new AdamW.ParamGroup([new Parameter(ones(1))], lr: 0.2) };
        using var optimizer = optim.AdamW(groups);
        var scheduler = optim.lr_scheduler.CosineAnnealingLR(optimizer, T_max: 10);
        for (int epoch = 0; epoch < 5; epoch++) scheduler.step();
        Assert.That(optimizer.ParamGroups.Select(group => group.LearningRate), Is.EqualTo(new[] { 0.05, 0.1 }).Within(1e-12));
    }

    [Test]
    public void Clipping_scales_the_joint_norm_and_tells_the_old_one()
    {
        Parameter first = new(zeros(1)), second = new(zeros(1));
        (first.grad, second.grad) = (tensor(new[] { 3f }), tensor(new[] { 4f }));
        Assert.That(nn.utils.clip_grad_norm_([first, second], 1.0), Is.EqualTo(5).Within(1e-6));
        Assert.That(
            (first.grad!.Floats()[0], second.grad!.Floats()[0]),
            Is.EqualTo((0.6f, 0.8f)).Using<(float, float)>((a, b) => Math.Abs(a.Item1 - b.Item1) + Math.Abs(a.Item2 - b.Item2) < 1e-6));
        Assert.That(nn.utils.clip_grad_norm_([first, second], 10.0), Is.EqualTo(1).Within(1e-6));
    }

    [Test]
    public void A_setting_out_of_range_is_named()
    {
        Assert.That(() => optim.AdamW([new Parameter(ones(1))], beta1: 1.5),
            Throws.ArgumentException.With.Message.EqualTo("AdamW beta1 1.5: it must be in [0, 1)."));
    }

    private static void Train(Parameter parameter, AdamW optimizer, int steps)
    {
        for (int step = 0; step < steps; step++)
        {
            optimizer.zero_grad();
            (parameter * parameter).sum().backward();
            optimizer.step();
        }
    }

    private sealed class Reference(double[] start)
    {
        private readonly double[] averages = new double[start.Length], squares = new double[start.Length];
        private int step;

        public double[] Values { get; } = [.. start];

        public void Step(double[] gradients, double rate, double decay, double sign)
        {
            step++;
            for (int i = 0; i < Values.Length; i++)
            {
                double gradient = sign * gradients[i];
                averages[i] = 0.9 * averages[i] + 0.1 * gradient;
                squares[i] = 0.999 * squares[i] + 0.001 * gradient * gradient;
                double mean = averages[i] / (1 - Math.Pow(0.9, step)), square = squares[i] / (1 - Math.Pow(0.999, step));
                Values[i] = Values[i] * (1 - rate * decay) - rate * mean / (Math.Sqrt(square) + 1e-8);
            }
        }
    }
}
