using TorchSharp.Modules;

namespace TorchSharp.Modules
{
    /// <summary>A module without parameters, that follows a function of one tensor.</summary>
    public abstract class ParameterLessModule<T, TResult> : torch.nn.Module<T, TResult>
    {
        private protected ParameterLessModule(string name) : base(name)
        {
        }
    }

    public sealed class SiLU : ParameterLessModule<torch.Tensor, torch.Tensor>
    {
        internal SiLU(bool inplace) : base(nameof(SiLU))
        {
            this.inplace = inplace;
        }

        public bool inplace { get; }

        public override torch.Tensor forward(torch.Tensor tensor) => inplace ? tensor.silu_() : tensor.silu();
    }

    public sealed class LeakyReLU : ParameterLessModule<torch.Tensor, torch.Tensor>
    {
        internal LeakyReLU(double negative_slope, bool inplace) : base(nameof(LeakyReLU))
        {
            this.negative_slope = negative_slope;
            this.inplace = inplace;
        }

        public double negative_slope { get; }

        public bool inplace { get; }

        public override torch.Tensor forward(torch.Tensor tensor) =>
            torch.nn.functional.leaky_relu(tensor, negative_slope, inplace);
    }
}

namespace TorchSharp
{
    public static partial class torch
    {
        public static partial class nn
        {
            public static SiLU SiLU(bool inplace = false) => new(inplace);

            public static LeakyReLU LeakyReLU(double negative_slope = 0.01, bool inplace = false) => new(negative_slope, inplace);
        }
    }
}
