using TorchSharp;
using static TorchSharp.torch;

namespace Tmrvc.Training.Tests;

public sealed class EulerSamplerTests
{
    [Test]
    public void A_straight_flow_is_followed_exactly_in_one_step()
    {
        var (noise, clean) = (tensor(new[] { 1f, -2f, 0.5f }, [1, 1, 3]), tensor(new[] { 4f, 0f, -1f }, [1, 1, 3]));
        var sample = new EulerSampler { Steps = 1 }.Sample(noise, (_, _) => noise - clean);
        Assert.That(sample.data<float>().ToArray(), Is.EqualTo(clean.data<float>().ToArray()).Within(1e-6));
    }

    [Test]
    public void The_error_on_a_growing_flow_falls_in_proportion_to_the_steps()
    {
        // dx/dt = x has x(0) = x(1) / e; Euler from 1 to 0 gives (1 − 1/n)^n.
        double Error(int steps) => Math.Abs(
            new EulerSampler { Steps = steps }.Sample(ones(1, 1, 1), (x, _) => x).item<float>() - Math.Exp(-1));
        Assert.That(Error(20) / Error(40), Is.EqualTo(2).Within(0.1));
        Assert.That(Error(10), Is.EqualTo(Math.Exp(-1) - Math.Pow(0.9, 10)).Within(1e-6));
    }

    [Test]
    public void The_field_is_asked_at_falling_times_starting_from_1()
    {
        var asked = new List<float>();
        new EulerSampler { Steps = 4 }.Sample(zeros(2, 1, 1), (x, time) =>
        {
            asked.AddRange(time.data<float>().ToArray().Distinct());
            return zeros_like(x);
        });
        Assert.That(asked, Is.EqualTo(new[] { 1f, 0.75f, 0.5f, 0.25f }));
    }

    [Test]
    public void Sway_minus_one_takes_finer_steps_near_the_noise_and_keeps_the_ends()
    {
        var times = new EulerSampler { Steps = 10, Sway = -1 }.Times();
        var steps = times.Zip(times.Skip(1), (from, to) => from - to).ToList();
        Assert.That((times[0], times[^1]), Is.EqualTo((1.0, 0.0)).Within(1e-12));
        Assert.That(steps, Is.Ordered.Ascending.And.All.Positive);
        Assert.That(times[5], Is.EqualTo(Math.Cos(Math.PI / 4)).Within(1e-12));
    }

    [Test]
    public void Guidance_goes_past_the_conditional_field_away_from_the_unconditional_one()
    {
        var guided = EulerSampler.Guided((_, _) => tensor(3f), (_, _) => tensor(1f), scale: 2);
        Assert.That(guided(zeros(1), zeros(1)).item<float>(), Is.EqualTo(5));
    }

    [Test]
    public void Guidance_of_scale_1_does_not_evaluate_the_unconditional_field()
    {
        var guided = EulerSampler.Guided((_, _) => tensor(3f), (_, _) => throw new InvalidOperationException(), scale: 1);
        Assert.That(guided(zeros(1), zeros(1)).item<float>(), Is.EqualTo(3));
    }
}
