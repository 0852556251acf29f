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
        foreach (var (_, parameter) in _parameters) parameter.grad?.zero_();
    }

    /// <summary>L2 norm of all gradients taken as one vector, before clipping.</summary>
    public double GradientNorm() => Math.Sqrt(Gradients().Sum(g => OnCpu(g) ? AdamWKernel.SumOfSquares(Floats(g)) : SquaredNorm(g)));

    /// <summary>Applies one update, gradients scaled so that their norm, given as <paramref name="gradientNorm"/>, is at most the clip norm.</summary>
    /// <param name="update">Counted from 1 over the whole phase: the bias corrections depend on it.</param>
    public void Step(long update, double learningRate, double gradientNorm)
    {
        var clip = Math.Min(1, _settings.ClipNorm / (gradientNorm + 1e-6));
        var constants = AdamWConstants.At(update, _settings, learningRate, clip);
        using var _ = no_grad();
        foreach (var (name, parameter) in _parameters)
        {
            if (parameter.grad is not { } gradient) continue;
            if (OnCpu(gradient)) StepFused(name, parameter, gradient, constants);
            else StepWithOperators(name, parameter, gradient, constants);
        }
    }

    public void Dispose()
    {
        foreach (var (_, moment) in Moments()) moment.Dispose();
    }

    internal void StepFused(string name, Tensor parameter, Tensor gradient, AdamWConstants constants) =>
        AdamWKernel.Update(Floats(parameter), Floats(gradient), Floats(_firstMoments[name]), Floats(_secondMoments[name]), constants);

    internal void StepWithOperators(string name, Tensor parameter, Tensor gradient, AdamWConstants constants)
    {
        using var scope = NewDisposeScope();
        var (first, second) = (_firstMoments[name], _secondMoments[name]);
        var clipped = gradient * constants.Clip;
        first.mul_(constants.Beta1).add_(clipped, alpha: 1 - constants.Beta1);
        second.mul_(constants.Beta2).addcmul_(clipped, clipped, 1 - constants.Beta2);
        var deviation = second.sqrt().mul_(constants.SecondCorrection).add_(constants.Epsilon);
        parameter.mul_(constants.Decay).addcdiv_(first, deviation, -constants.StepSize);
    }

    private IEnumerable<Tensor> Gradients() => _parameters.Select(p => p.Value.grad).OfType<Tensor>();

    private static bool OnCpu(Tensor tensor) => tensor.device_type == DeviceType.CPU && tensor.dtype == ScalarType.Float32;

    private static double SquaredNorm(Tensor gradient)
    {
        using var scope = NewDisposeScope();
        return gradient.square().sum().ToDouble();
    }

    private static Span<float> Floats(Tensor tensor) => TensorMemory.Floats(tensor);
}
