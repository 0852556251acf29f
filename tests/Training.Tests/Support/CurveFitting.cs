using TorchSharp.Modules;
using TorchSharp;
using static TorchSharp.torch;

namespace Tmrvc.Training.Tests.Support;

public sealed record Points(string Name, float[] X, float[] Y) : ITrainingBatch;

/// <summary>One hidden layer that learns a sine; its input is disturbed by the step's noise, so that randomness is part of the run.</summary>
public sealed class CurveFitting : nn.Module<Tensor, Tensor>
{
    private readonly Linear hidden = nn.Linear(1, 16);
    private readonly Linear output = nn.Linear(16, 1);

    public CurveFitting() : base(nameof(CurveFitting))
    {
        RegisterComponents();
        using var _ = no_grad();
        using var random = new StepRandom(7, 0, 0, CPU);
        foreach (var parameter in parameters()) parameter.copy_(random.Normal(parameter.shape) * 0.5);
    }

    public override Tensor forward(Tensor x) => output.forward(hidden.forward(x).tanh());

    public IReadOnlyList<LossTerm> Evaluate(Points points, StepRandom random)
    {
        var x = tensor(points.X, [points.X.Length, 1]);
        var disturbed = x + 0.01 * random.Normal(x.shape);
        return [new LossTerm("mse", (forward(disturbed) - tensor(points.Y, [points.Y.Length, 1])).square().mean())];
    }

    public static Points Batch(long index)
    {
        var random = new Random((int)index);
        var x = Enumerable.Range(0, 8).Select(_ => (float)(random.NextDouble() * 6 - 3)).ToArray();
        return new Points($"points {index}", x, [.. x.Select(MathF.Sin)]);
    }

    public Phase<Points> Phase(long steps, int accumulation = 1) => new()
    {
        Name = "Curve",
        Steps = steps,
        Seed = 3,
        Learners =
        [
            new Learner<Points>
            {
                Name = "curve",
                Network = this,
                Objective = Evaluate,
                LearningRate = new LearningRate(LearningRateShape.Cosine, 1e-2, steps, 5),
                AverageDecay = 0.9,
            },
        ],
        Batches = Batch,
        Accumulation = accumulation,
        Validation = [Batch(-1), Batch(-2)],
        ValidationInterval = 10,
        CheckpointInterval = 7,
    };
}
