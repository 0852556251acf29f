using TorchSharp.Modules;

namespace TorchSharp
{
    public static partial class torch
    {
        public static partial class optim
        {
            /// <summary>Changes parameters by their gradients; keeps what it must remember between steps.</summary>
            public abstract class Optimizer : IDisposable
            {
                protected IList<ParamGroup> _parameter_groups = [];

                private protected Optimizer()
                {
                }

                public virtual IEnumerable<ILearningRateController> ParamGroups => _parameter_groups;

                /// <summary>
                /// Runs the closure under autograd, where given, then changes every parameter that has a gradient.
                /// </summary>
                public abstract Tensor? step(Func<Tensor>? closure = null);

                public virtual IEnumerable<Parameter> parameters() => _parameter_groups.SelectMany(group => group.Parameters);

                public virtual void zero_grad()
                {
                    foreach (Parameter parameter in parameters()) parameter.grad = null;
                }

                public void Dispose()
                {
                    Dispose(true);
                    GC.SuppressFinalize(this);
                }

                protected virtual void Dispose(bool disposing)
                {
                }

                /// <summary>Options by group, states by parameter in order, and which states belong to which group.</summary>
                public class StateDictionary
                {
                    internal StateDictionary(
                        List<OptimizerOptions> options, List<OptimizerState> state, List<List<int>> indices) =>
                        (Options, State, StateIndexRef) = (options, state, indices);

                    public List<OptimizerOptions> Options { get; }

                    public List<OptimizerState> State { get; }

                    public List<List<int>> StateIndexRef { get; }
                }
            }

            public interface ILearningRateController
            {
                double LearningRate { get; set; }

                double InitialLearningRate { get; set; }
            }
        }
    }
}

namespace TorchSharp.Modules
{
    /// <summary>What one group of parameters is trained with.</summary>
    public class OptimizerOptions
    {
        public double? LearningRate { get; set; }

        public double InitialLearningRate { get; set; }

        public virtual void LoadStateDict(OptimizerOptions source) =>
            (LearningRate, InitialLearningRate) = (source.LearningRate, source.InitialLearningRate);
    }

    /// <summary>What an optimiser remembers of one parameter.</summary>
    public abstract class OptimizerState
    {
        private protected OptimizerState()
        {
        }

        /// <summary>Takes copies of another state's values.</summary>
        public abstract void LoadStateDict(OptimizerState source);
    }

    public class ParamGroup : torch.optim.ILearningRateController
    {
        private protected ParamGroup(IEnumerable<Parameter> parameters, OptimizerOptions options) =>
            (Parameters, Options) = ([.. parameters], options);

        public IEnumerable<Parameter> Parameters { get; set; }

        public OptimizerOptions Options { get; set; }

        public double LearningRate
        {
            get => Options.LearningRate ?? throw new InvalidOperationException(
                "Parameter group without a learning rate: add it to an optimiser first.");
            set => Options.LearningRate = value;
        }

        public double InitialLearningRate
        {
            get => Options.InitialLearningRate;
            set => Options.InitialLearningRate = value;
        }
    }
}
