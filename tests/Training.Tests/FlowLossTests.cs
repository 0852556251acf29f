using Tmrvc.Training.Tests.Support;
using TorchSharp;
using static TorchSharp.torch;

namespace Tmrvc.Training.Tests;

public sealed class FlowLossTests
{
    private static readonly long[] Shape = [3, 4, 6];
    private static readonly int[] Lengths = [6, 1, 4];

    [Test]
    public void The_loss_is_the_mean_square_over_frames_inside_each_length()
    {
        var (clean, noise, velocity) = (Draw(1), Draw(2), Draw(3));
        Assert.That(Loss(clean, noise, velocity, Mask()).ToDouble(), Is.EqualTo(Reference(clean, noise, velocity)).Within(1e-6));
    }

    [Test]
    public void Its_gradient_agrees_with_finite_differences()
    {
        var (clean, noise, velocity) = (Draw(1), Draw(2), Draw(3));
        var values = velocity.data<float>().ToArray();
        velocity.requires_grad = true;
        Loss(clean, noise, velocity, Mask()).backward();
        var gradient = velocity.grad!.data<float>().ToArray();
        var numeric = FiniteDifferences.Of(values, moved => Reference(clean, noise, tensor(moved, Shape)));
        Assert.That(gradient, Is.EqualTo(numeric).Within(1e-5));
    }

    [Test]
    public void Padding_never_reaches_the_loss_even_when_it_is_not_a_number()
    {
        var (clean, noise, velocity) = (Draw(1), Draw(2), Draw(3));
        var outside = Mask().expand(Shape).eq(0);
        var spoilt = velocity.masked_fill(outside, float.NaN).requires_grad_();
        var loss = Loss(clean, noise, spoilt, Mask());
        loss.backward();
        Assert.That(loss.ToDouble(), Is.EqualTo(Loss(clean, noise, velocity, Mask()).ToDouble()));
        Assert.That(spoilt.grad!.masked_select(outside).abs().max().item<float>(), Is.Zero);
    }

    [Test]
    public void No_mask_and_a_mask_of_ones_give_the_same_loss() =>
        Assert.That(Loss(Draw(1), Draw(2), Draw(3), mask: null).ToDouble(),
            Is.EqualTo(Loss(Draw(1), Draw(2), Draw(3), ones(3, 1, 6)).ToDouble()).Within(1e-6));

    [Test]
    public void The_velocity_leads_from_any_point_of_the_path_back_to_the_data()
    {
        var (clean, noise, time) = (Draw(1), Draw(2), tensor(new[] { 0f, 0.3f, 1f }));
        var position = RectifiedFlow.Position(clean, noise, time);
        var back = RectifiedFlow.Clean(position, RectifiedFlow.Velocity(clean, noise), time);
        Assert.That((back - clean).abs().max().item<float>(), Is.LessThan(1e-6));
    }

    [Test]
    public void The_path_runs_from_data_at_0_to_noise_at_1()
    {
        var position = RectifiedFlow.Position(zeros(2, 1, 1), ones(2, 1, 1), tensor(new[] { 0.25f, 1f }));
        Assert.That(position.data<float>().ToArray(), Is.EqualTo(new[] { 0.25f, 1f }));
    }

    private static Tensor Loss(Tensor clean, Tensor noise, Tensor velocity, Tensor? mask) =>
        new FlowLoss().Evaluate(new FlowPrediction(clean, noise, zeros(3), clean, velocity, mask)).Value;

    private static double Reference(Tensor clean, Tensor noise, Tensor velocity)
    {
        double sum = 0;
        for (var b = 0; b < 3; b++)
            for (var c = 0; c < 4; c++)
                for (var t = 0; t < Lengths[b]; t++)
                    sum += Math.Pow(At(velocity, b, c, t) - (At(noise, b, c, t) - At(clean, b, c, t)), 2);
        return sum / (Lengths.Sum() * 4);
    }

    private static double At(Tensor values, int b, int c, int t) => values.detach()[b, c, t].ToDouble();

    private static Tensor Draw(int stream)
    {
        using var random = new StepRandom(1, 1, stream, CPU);
        return random.Normal(Shape);
    }

    private static Tensor Mask() =>
        tensor([.. Lengths.SelectMany(length => Enumerable.Range(0, 6).Select(t => t < length ? 1f : 0f))], [3, 1, 6]);
}
