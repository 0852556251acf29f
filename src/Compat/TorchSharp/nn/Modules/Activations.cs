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

    public sealed class ReLU : ParameterLessModule<torch.Tensor, torch.Tensor>
    {
        internal ReLU(bool inplace) : base(nameof(ReLU))
        {
            this.inplace = inplace;
        }

        public bool inplace { get; }

        public override torch.Tensor forward(torch.Tensor tensor) => inplace ? tensor.relu_() : tensor.relu();
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

    public sealed class GELU : ParameterLessModule<torch.Tensor, torch.Tensor>
    {
        internal GELU() : base(nameof(GELU))
        {
        }

        public override torch.Tensor forward(torch.Tensor tensor) => tensor.gelu();
    }

    public sealed class Sigmoid : ParameterLessModule<torch.Tensor, torch.Tensor>
    {
        internal Sigmoid() : base(nameof(Sigmoid))
        {
        }

        public override torch.Tensor forward(torch.Tensor tensor) => tensor.sigmoid();
    }

    public sealed class Tanh : ParameterLessModule<torch.Tensor, torch.Tensor>
    {
        internal Tanh() : base(nameof(Tanh))
        {
        }

        public override torch.Tensor forward(torch.Tensor tensor) => tensor.tanh();
    }

    public sealed class Softplus : ParameterLessModule<torch.Tensor, torch.Tensor>
    {
        internal Softplus(double beta, double threshold) : base(nameof(Softplus))
        {
            this.beta = beta;
            this.threshold = threshold;
        }

        public double beta { get; }

        public double threshold { get; }

        public override torch.Tensor forward(torch.Tensor tensor) => tensor.softplus(beta, threshold);
    }

    public sealed class Softmax : ParameterLessModule<torch.Tensor, torch.Tensor>
    {
        internal Softmax(long dim) : base(nameof(Softmax))
        {
            this.dim = dim;
        }

        public long dim { get; }

        public override torch.Tensor forward(torch.Tensor tensor) => tensor.softmax(dim);
    }

    public sealed class Identity : ParameterLessModule<torch.Tensor, torch.Tensor>
    {
        internal Identity() : base(nameof(Identity))
        {
        }

        public override torch.Tensor forward(torch.Tensor tensor) => tensor.alias();
    }
}

namespace TorchSharp
{
    public static partial class torch
    {
        public static partial class nn
        {
            public static ReLU ReLU(bool inplace = false) => new(inplace);

            public static SiLU SiLU(bool inplace = false) => new(inplace);

            public static LeakyReLU LeakyReLU(double negative_slope = 0.01, bool inplace = false) => new(negative_slope, inplace);

            public static GELU GELU() => new();

            public static Sigmoid Sigmoid() => new();

            public static Tanh Tanh() => new();

            public static Softplus Softplus(double beta = 1, double threshold = 20) => new(beta, threshold);

            public static Softmax Softmax(long dim) => new(dim);

            public static Identity Identity() => new();
        }
    }
}
