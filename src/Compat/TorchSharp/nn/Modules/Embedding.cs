using TorchSharp.Modules;
using TorchSharp.Utils;

namespace TorchSharp.Modules
{
    /// <summary>Class numbers [..] → rows of a table [.., D].</summary>
    public sealed class Embedding : torch.nn.Module<torch.Tensor, torch.Tensor>
    {
        private readonly long? paddingIndex;

        internal Embedding(long count, long dimension, long? paddingIndex, torch.Device? device, torch.ScalarType? dtype) : base(nameof(Embedding))
        {
            this.paddingIndex = paddingIndex;
            weight = new Parameter(torch.empty([count, dimension], dtype, device));
            torch.nn.init.normal_(weight);
            RegisterComponents();
        }

        [field: ComponentName(Name = nameof(weight))]
        public Parameter weight { get; }

        public override torch.Tensor forward(torch.Tensor input) => Interop.Aten.Call("embedding", weight, input, paddingIndex ?? -1, false, false);
    }
}

namespace TorchSharp
{
    public static partial class torch
    {
        public static partial class nn
        {
            public static Embedding Embedding(
                long num_embeddings, long embedding_dims, long? padding_idx = null, Device? device = null, ScalarType? dtype = null) =>
                new(num_embeddings, embedding_dims, padding_idx, device, dtype);
        }
    }
}
