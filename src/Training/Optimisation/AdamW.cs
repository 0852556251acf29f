using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Tmrvc.Training;

/// <summary>
/// AdamW over named parameters. The moments carry their parameter's name, so that a checkpoint can be read without the
/// order of registration. Parameters on the CPU take one fused pass each (<see cref="AdamWKernel"/>), those on a GPU torch's operators,
/// all together where they lie in one piece.
/// </summary>
public sealed class AdamW : IDisposable
{
    private readonly OptimiserSettings _settings;
    private readonly FlatParameters? _flat;
    private readonly IReadOnlyList<(string Name, Parameter Value)> _parameters;
    private readonly FlatTensors? _firstFlat, _secondFlat;
    private readonly IReadOnlyList<Tensor> _first, _second;

    public AdamW(nn.Module network, OptimiserSettings settings) : this(network, settings, flat: null)
    {
    }

    internal AdamW(nn.Module network, OptimiserSettings settings, FlatParameters? flat)
    {
        (_settings, _flat) = (settings, flat);
        _parameters = [.. network.named_parameters().Where(p => p.parameter.requires_grad).Select(p => (p.name, p.parameter))];
        (_firstFlat, _secondFlat) = (flat?.Alike(), flat?.Alike());
        (_first, _second) = (_firstFlat?.Parts ?? Zeros(), _secondFlat?.Parts ?? Zeros());
    }

    /// <summary>Both moments of every parameter: <c>NAME.exp_avg</c> and <c>NAME.exp_avg_sq</c>.</summary>
    public IEnumerable<(string Name, Tensor Value)> Moments() =>
        _parameters.SelectMany((p, n) => new[] { (p.Name + ".exp_avg", _first[n]), (p.Name + ".exp_avg_sq", _second[n]) });

    public void ZeroGradients()
    {
        if (_flat is not null) _flat.Gradients.zero_();
        else foreach (var (_, parameter) in _parameters) parameter.grad = null; // backward then need not add
    }

    /// <summary>L2 norm of all gradients taken as one vector, before clipping.</summary>
    public double GradientNorm()
    {
        using var scope = NewDisposeScope();
        var slots = Slots();
        if (slots.Count > 0 && slots.All(slot => !slot.OnCpu))
            return stack(slots.Select(slot => slot.Gradient.norm()).ToArray()).norm().ToDouble(); // one wait for the device
        var squares = new double[slots.Count];
        InParallel(slots.Count, i => squares[i] = AdamWKernel.SumOfSquares(TensorMemory.Floats(slots[i].Gradient)));
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
        _firstFlat?.Dispose();
        _secondFlat?.Dispose();
    }

    internal IReadOnlyList<AdamWSlot> Slots() => _flat is not null
        ? [new(_flat.Values, _flat.Gradients, _firstFlat!.Whole, _secondFlat!.Whole)]
        : [.. _parameters.Select((p, n) => (p.Value, p.Value.grad, First: _first[n], Second: _second[n]))
            .Where(p => p.grad is not null)
            .Select(p => new AdamWSlot(p.Value, p.grad!.contiguous(), p.First, p.Second))];

    private List<Tensor> Zeros() => [.. _parameters.Select(p => zeros_like(p.Value.detach()).DetachFromDisposeScope())];

    /// <summary>Each slot is one unit of work whatever the threads, so their number changes no bit.</summary>
    private void InParallel(int count, Action<int> work)
    {
        var onCpu = _parameters.All(p => p.Value.device_type == DeviceType.CPU);
        Parallel.For(0, count, new ParallelOptions { MaxDegreeOfParallelism = onCpu ? get_num_threads() : 1 }, work);
    }
}
