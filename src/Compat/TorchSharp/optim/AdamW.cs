using TorchSharp.Interop;
using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <summary>
/// AdamW (Loshchilov and Hutter 2019): Adam with weight decay apart from the gradient. PyTorch's order of operations.
/// </summary>
public sealed partial class AdamW : optim.Optimizer
{
    private readonly Options defaults;
    private readonly Dictionary<Parameter, State> states = new(ReferenceEqualityComparer.Instance);

    /// <exception cref="ArgumentException">A setting is out of range.</exception>
    internal AdamW(IEnumerable<ParamGroup> groups, Options defaults)
    {
        this.defaults = defaults.Checked();
        foreach (ParamGroup group in groups) add_param_group(group);
    }

    public void add_param_group(ParamGroup param_group)
    {
        param_group.Options.FillFrom(defaults);
        _parameter_groups.Add(param_group);
        foreach (Parameter parameter in param_group.Parameters) states.Add(
            parameter, new State(parameter, param_group.Options.amsgrad == true));
    }

    public override Tensor? step(Func<Tensor>? closure = null)
    {
        Tensor? loss = null;
        if (closure is not null)
        {
            using IDisposable recording = enable_grad();
            loss = closure();
        }
        using IDisposable frozen = no_grad();
        using DisposeScope scope = NewDisposeScope();
        foreach (ParamGroup group in _parameter_groups.Cast<ParamGroup>()) Step(group);
        return loss;
    }

    /// <summary>Live states, not copies: what the checkpoint writes must be read before the next step.</summary>
    public StateDictionary state_dict()
    {
        var all = new List<OptimizerState>();
        var indices = new List<List<int>>();
        foreach (Modules.ParamGroup group in _parameter_groups)
        {
            int first = all.Count;
            all.AddRange(group.Parameters.Select(parameter => states[parameter]));
            indices.Add([.. Enumerable.Range(first, all.Count - first)]);
        }
        return new([.. _parameter_groups.Select(group => group.Options)], all, indices);
    }

    /// <exception cref="ArgumentException">The groups or parameters differ in number.</exception>
    public void load_state_dict(StateDictionary state_dict)
    {
        StateDictionary own = this.state_dict();
        if (own.State.Count != state_dict.State.Count || own.Options.Count != state_dict.Options.Count)
            throw new ArgumentException(
                $"AdamW state: {state_dict.Options.Count} groups of {state_dict.State.Count} parameters "
                + $"for an optimiser with {own.Options.Count} of {own.State.Count}.");
        foreach (var (mine, theirs) in own.Options.Zip(state_dict.Options)) mine.LoadStateDict(theirs);
        foreach (var (mine, theirs) in own.State.Zip(state_dict.State)) mine.LoadStateDict(theirs);
    }

    protected override void Dispose(bool disposing)
    {
        if (!disposing) return;
        foreach (State state in states.Values) state.Dispose();
    }

    private void Step(ParamGroup group)
    {
        foreach (Parameter parameter in group.Parameters)
        {
            using Tensor? gradient = parameter.grad;
            if (gradient is not null) Step(parameter, gradient, states[parameter], group.Options);
        }
    }

    private static void Step(Parameter parameter, Tensor gradient, State state, Options options)
    {
        state.step++;
        AdamWStep step = options.StepAt(state.step);
        if (state.max_exp_avg_sq is null && IsPlain(parameter) && IsPlain(gradient)) StepInOnePass(parameter, gradient, state, step);
        else StepByOperators(parameter, gradient, state, step);
    }

    private static bool IsPlain(Tensor tensor) => tensor.dtype == ScalarType.Float32 && tensor.is_cpu() && tensor.is_contiguous();

    private static unsafe void StepInOnePass(Parameter parameter, Tensor gradient, State state, AdamWStep step) =>
        Native.ts_adamw(
        parameter.RawPointer(), gradient.RawPointer(), state.exp_avg.RawPointer(), state.exp_avg_sq.RawPointer(), parameter.numel(), &step);

    private static void StepByOperators(Parameter parameter, Tensor gradient, State state, AdamWStep step)
    {
        if (step.Maximize != 0) gradient = -gradient;
        parameter.mul_((Scalar)step.Decay);
        state.exp_avg.mul_((Scalar)step.Beta1).add_(gradient, 1 - step.Beta1);
        state.exp_avg_sq.mul_((Scalar)step.Beta2).addcmul_(gradient, gradient, 1 - step.Beta2);
        Tensor squares = state.max_exp_avg_sq?.copy_(state.max_exp_avg_sq.maximum(state.exp_avg_sq)) ?? state.exp_avg_sq;
        Tensor denominator = (squares.sqrt() / (Scalar)step.RootOfCorrection2).add_((Scalar)step.Epsilon);
        parameter.addcdiv_(state.exp_avg, denominator, -step.StepSize);
    }
}
