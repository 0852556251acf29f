using static TorchSharp.torch;

namespace TorchSharp.Modules
{
    /// <summary>A tensor that a module trains. It takes the data over: the tensor it was made from is empty afterwards.</summary>
    public class Parameter : Tensor
    {
        public Parameter(Tensor data, bool requires_grad = true)
            : base(Taken(data.requires_grad_(requires_grad), out DisposeScope? owner), register: false) => owner?.Attach(this);

        private static nint Taken(Tensor data, out DisposeScope? owner)
        {
            owner = data.OwningDisposeScope;
            data.DetachFromDisposeScope();
            return data.MoveHandle();
        }
    }
}
