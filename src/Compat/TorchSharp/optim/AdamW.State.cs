using TorchSharp.Interop;
using static TorchSharp.torch;

namespace TorchSharp.Modules;

public sealed partial class AdamW
{
    /// <summary>The step number and the running averages of one parameter, shaped like it.</summary>
    public sealed class State : OptimizerState, IDisposable
    {
        public long step;
        public Tensor exp_avg;
        public Tensor exp_avg_sq;
        public Tensor? max_exp_avg_sq;

        internal State(Parameter parameter, bool amsgrad)
        {
            exp_avg = zeros_like(parameter).DetachFromDisposeScope();
            exp_avg_sq = zeros_like(parameter).DetachFromDisposeScope();
            if (amsgrad) max_exp_avg_sq = zeros_like(parameter).DetachFromDisposeScope();
        }

        public override void LoadStateDict(OptimizerState source)
        {
            var other = (State)source;
            using IDisposable frozen = no_grad();
            step = other.step;
            exp_avg.copy_(other.exp_avg);
            exp_avg_sq.copy_(other.exp_avg_sq);
            if (other.max_exp_avg_sq is { } largest) max_exp_avg_sq?.copy_(largest);
        }

        public void Dispose()
        {
            exp_avg.Dispose();
            exp_avg_sq.Dispose();
            max_exp_avg_sq?.Dispose();
        }
    }

    public class Options : OptimizerOptions
    {
        public double? beta1;
        public double? beta2;
        public double? weight_decay;
        public double? eps;
        public bool? amsgrad;
        public bool? maximize;

        public override void LoadStateDict(OptimizerOptions source)
        {
            base.LoadStateDict(source);
            var other = (Options)source;
            (beta1, beta2, weight_decay, eps) = (other.beta1, other.beta2, other.weight_decay, other.eps);
            (amsgrad, maximize) = (other.amsgrad, other.maximize);
        }

        internal void FillFrom(Options defaults)
        {
            LearningRate ??= defaults.LearningRate;
            InitialLearningRate = LearningRate!.Value;
            (beta1, beta2) = (beta1 ?? defaults.beta1, beta2 ?? defaults.beta2);
            (weight_decay, eps) = (weight_decay ?? defaults.weight_decay, eps ?? defaults.eps);
            (amsgrad, maximize) = (amsgrad ?? defaults.amsgrad, maximize ?? defaults.maximize);
        }

        internal Options Checked()
        {
            Require(LearningRate >= 0, "learning rate", LearningRate, "0 or more");
            Require(eps >= 0, "epsilon", eps, "0 or more");
            Require(beta1 is >= 0 and < 1, "beta1", beta1, "in [0, 1)");
            Require(beta2 is >= 0 and < 1, "beta2", beta2, "in [0, 1)");
            Require(weight_decay >= 0, "weight decay", weight_decay, "0 or more");
            return this;
        }

        internal AdamWStep StepAt(long step) => new()
        {
            Decay = 1 - LearningRate!.Value * weight_decay!.Value,
            Beta1 = beta1!.Value,
            Beta2 = beta2!.Value,
            Epsilon = eps!.Value,
            StepSize = LearningRate.Value / (1 - Math.Pow(beta1.Value, step)),
            RootOfCorrection2 = Math.Sqrt(1 - Math.Pow(beta2.Value, step)),
            Maximize = maximize == true ? 1 : 0,
        };

        private static void Require(bool holds, string setting, double? found, string allowed)
        {
            if (!holds)
                throw new ArgumentException(FormattableString.Invariant($"AdamW {setting} {found}: it must be {allowed}."));
        }
    }

    public class ParamGroup : Modules.ParamGroup
    {
        public ParamGroup(IEnumerable<Parameter> parameters, Options options) : base(parameters, options) => Options = options;

        public ParamGroup(
            IEnumerable<Parameter> parameters, double lr = 1e-3, double beta1 = 0.9, double beta2 = 0.999, double eps = 1e-8,
            double weight_decay = 0, bool amsgrad = false, bool maximize = false)
            : this(parameters, OptionsOf(lr, beta1, beta2, eps, weight_decay, amsgrad, maximize))
        {
        }

        public new Options Options { get; }
    }

    internal static Options OptionsOf(
        double lr, double beta1, double beta2, double eps, double weight_decay, bool amsgrad, bool maximize) => new()
        {
            LearningRate = lr,
            InitialLearningRate = lr,
            beta1 = beta1,
            beta2 = beta2,
            eps = eps,
            weight_decay = weight_decay,
            amsgrad = amsgrad,
            maximize = maximize,
        };
}
