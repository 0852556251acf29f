using static TorchSharp.torch;

namespace Tmrvc.Training;

/// <summary>Velocity of a flow at a position [B, C, T] and a time [B].</summary>
public delegate Tensor VelocityField(Tensor position, Tensor time);

/// <summary>Integrates a flow from noise at t = 1 to data at t = 0 with Euler steps.</summary>
public sealed record EulerSampler
{
    /// <summary>Evaluations of the field.</summary>
    public int Steps { get; init; } = 10;

    /// <summary>Sway coefficient (F5-TTS, Chen et al., 2024), from −1 to 2/(π − 2); 0 gives equal steps, below 0 finer ones near the noise.</summary>
    public double Sway { get; init; }

    /// <summary>Times from 1 to 0, one more than steps.</summary>
    public IReadOnlyList<double> Times() => [.. Enumerable.Range(0, Steps + 1).Select(i => 1 - Swayed((double)i / Steps))];

    /// <param name="noise">[B, C, T], N(0, 1).</param>
    /// <returns>[B, C, T]; belongs to the caller's scope.</returns>
    public Tensor Sample(Tensor noise, VelocityField field)
    {
        using var _ = no_grad();
        var times = Times();
        var position = noise.alias();
        for (var i = 0; i < Steps; i++) position = Step(position, field, times[i], times[i + 1]);
        return position;
    }

    /// <summary>The same with all that lies between.</summary>
    /// <param name="noise">[B, C, T], N(0, 1).</param>
    /// <returns>One more than steps: the noise, …, the sample; they belong to the caller's scope.</returns>
    public IReadOnlyList<Tensor> Trajectory(Tensor noise, VelocityField field)
    {
        using var _ = no_grad();
        var times = Times();
        var positions = new List<Tensor> { noise.alias() };
        for (var i = 0; i < Steps; i++) positions.Add(Step(positions[^1].alias(), field, times[i], times[i + 1]));
        return positions;
    }

    /// <summary>Classifier-free guidance: v_u + scale·(v_c − v_u). At scale 1 the unconditional field is not evaluated.</summary>
    public static VelocityField Guided(VelocityField conditional, VelocityField unconditional, double scale) =>
        scale == 1 ? conditional : (position, time) =>
        {
            var free = unconditional(position, time);
            return free + scale * (conditional(position, time) - free);
        };

    private static Tensor Step(Tensor position, VelocityField field, double from, double to)
    {
        using var scope = NewDisposeScope();
        var time = full([position.shape[0]], from, device: position.device);
        var next = position + (to - from) * field(position, time);
        position.Dispose();
        return next.MoveToOuterDisposeScope();
    }

    private double Swayed(double progress) => progress + Sway * (Math.Cos(Math.PI / 2 * progress) - 1 + progress);
}
