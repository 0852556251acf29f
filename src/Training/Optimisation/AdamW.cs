using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Tmrvc.Training;

/// <summary>
/// AdamW over named parameters. The moments carry their parameter's name, so that a checkpoint can be read without the
/// order of registration. Parameters on the CPU take one fused pass (<see cref="AdamWKernel"/>), others torch's operators.
/// </summary>
public sealed class AdamW : IDisposable
{
    private readonly OptimiserSettings _settings;
    private readonly IReadOnlyList<(string Name, Parameter Value)> _parameters;
    private readonly Dictionary<string, Tensor> _firstMoments;
    private readonly Dictionary<string, Tensor> _secondMoments;

    public AdamW(nn.Module network, OptimiserSettings settings)
    {
        _settings = settings;
        _parameters = [.. network.named_parameters().Where(p => p.parameter.requires_grad).Select(p => (p.name, p.parameter))];
        _firstMoments = _parameters.ToDictionary(p => p.Name, p => zeros_like(p.Value.detach()).DetachFromDisposeScope());
        _secondMoments = _parameters.ToDictionary(p => p.Name, p => zeros_like(p.Value.detach()).DetachFromDisposeScope());
    }

    /// <summary>Both moments of every parameter: <c>NAME.exp_avg</c> and <c>NAME.exp_avg_sq</c>.</summary>
    public IEnumerable<(string Name, Tensor Value)> Moments() =>
        _parameters.SelectMany(p => new[] { (p.Name + ".exp_avg", _firstMoments[p.Name]), (p.Name + ".exp_avg_sq", _secondMoments[p.Name]) });

    public void ZeroGradients()
    {
        using var scope = NewDisposeScope();
        foreach (var (_, parameter) in _parameters) parameter.grad?.zero_();
    }

    /// <summary>L2 norm of all gradients taken as one vector, before clipping.</summary>
    public double GradientNorm()
    {
        using var scope = NewDisposeScope();
        var slots = Slots();
        var squares = new double[slots.Count];
        InParallel(slots.Count, i => squares[i] = slots[i].OnCpu
            ? AdamWKernel.SumOfSquares(TensorMemory.Floats(slots[i].Gradient))
            : slots[i].Gradient.square().sum().ToDouble());
        return Math.Sqrt(squares.Sum());
    }

    /// <summary>Applies one update, gradients scaled so that their norm, given as <paramref name="gradientNorm"/>, is at most the clip norm.</summary>
    /// <param name="update">Counted from 1 over the whole phase: the bias corrections depend on it.</param>
    public void Step(long update, double learningRate, double gradientNorm)
    {
        var clip = Math.Min(1, _settings.ClipNorm / (gradientNorm + 1e-6));
        var constants = AdamWConstants.At(update, _settings, learningRate, clip);
        using var _ = no_grad();
        using var scope = NewDisposeScope();
        var slots = Slots();
        InParallel(slots.Count, i => slots[i].Update(constants));
    }

    public void Dispose()
    {
        foreach (var (_, moment) in Moments()) moment.Dispose();
    }

    internal IReadOnlyList<AdamWSlot> Slots() => [.. _parameters
        .Where(p => p.Value.grad is not null)
        .Select(p => new AdamWSlot(p.Value, p.Value.grad!.contiguous(), _firstMoments[p.Name], _secondMoments[p.Name]))];

    /// <summary>Each slot is one unit of work whatever the threads, so their number changes no bit.</summary>
    private void InParallel(int count, Action<int> work)
    {
        var onCpu = _parameters.All(p => p.Value.device_type == DeviceType.CPU);
        Parallel.For(0, count, new ParallelOptions { MaxDegreeOfParallelism = onCpu ? get_num_threads() : 1 }, work);
    }
}
