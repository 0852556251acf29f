using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        public bool requires_grad
        {
            get => Info.RequiresGrad != 0;
            set => Native.Check(Native.ts_tensor_set_requires_grad(Handle, value ? 1 : 0));
        }

        /// <summary>The gradient that backward left, in a new managed tensor each time; null before.</summary>
        public Tensor? grad
        {
            get
            {
                nint found = Native.ts_tensor_grad(Handle);
                GC.KeepAlive(this);
                return found == 0 ? null : new Tensor(found);
            }
            set
            {
                Native.Check(Native.ts_tensor_set_grad(Handle, value is null ? 0 : value.Handle));
                GC.KeepAlive(value);
            }
        }

        public Tensor requires_grad_(bool requires_grad = true)
        {
            this.requires_grad = requires_grad;
            return this;
        }

        public Tensor detach() => Aten.Call("detach", this);

        public void backward() => autograd.backward([this]);
    }
}
