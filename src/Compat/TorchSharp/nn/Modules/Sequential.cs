using System.Globalization;
using TorchSharp.Modules;

namespace TorchSharp.Modules
{
    /// <summary>Modules one after another; unnamed ones are called "0", "1", ….</summary>
    public class Sequential : torch.nn.Module<torch.Tensor, torch.Tensor>
    {
        private readonly List<torch.nn.Module<torch.Tensor, torch.Tensor>> steps = [];

        internal Sequential() : base(nameof(Sequential))
        {
        }

        public int Count => steps.Count;

        public Sequential append(torch.nn.Module<torch.Tensor, torch.Tensor> module) =>
            append(Count.ToString(CultureInfo.InvariantCulture), module);

        public Sequential append(string name, torch.nn.Module<torch.Tensor, torch.Tensor> module)
        {
            register_module(name, module);
            steps.Add(module);
            return this;
        }

        /// <summary>Intermediate results go as soon as the next step has used them.</summary>
        public override torch.Tensor forward(torch.Tensor tensor)
        {
            if (steps.Count == 0) return tensor.alias();
            using DisposeScope scope = torch.NewDisposeScope();
            torch.Tensor result = tensor;
            foreach (var step in steps) result = step.call(result);
            return result.MoveToOuterDisposeScope();
        }

        protected override void RegisterComponents()
        {
        }
    }
}

namespace TorchSharp
{
    public static partial class torch
    {
        public static partial class nn
        {
            public static Sequential Sequential(params Module<Tensor, Tensor>[] modules) =>
                Sequential((IEnumerable<Module<Tensor, Tensor>>)modules);

            public static Sequential Sequential(IEnumerable<Module<Tensor, Tensor>> modules)
            {
                var sequence = new Sequential();
                foreach (var module in modules) sequence.append(module);
                return sequence;
            }

            public static Sequential Sequential(params (string name, Module<Tensor, Tensor> submodule)[] modules) =>
                Sequential((IEnumerable<(string, Module<Tensor, Tensor>)>)modules);

            public static Sequential Sequential(IEnumerable<(string name, Module<Tensor, Tensor> submodule)> modules)
            {
                var sequence = new Sequential();
                foreach (var (name, module) in modules) sequence.append(name, module);
                return sequence;
            }
        }
    }
}
