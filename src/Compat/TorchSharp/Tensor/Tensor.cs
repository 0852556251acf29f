using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    /// <summary>
    /// One reference to a libtorch tensor. A tensor made inside a <see cref="DisposeScope"/> goes with it; any other lives
    /// until it is disposed or found unreachable.
    /// </summary>
    public partial class Tensor : IDisposable
    {
        private static long totalCount;
        private static long peakCount;
        private nint handle;

        internal Tensor(nint handle, bool register = true)
        {
            this.handle = handle;
            Count();
            if (register) OwningDisposeScope = DisposeScope.Register(this);
        }

        ~Tensor() => Dispose(false);

        /// <summary>Live tensors of the process.</summary>
        public static long TotalCount => Interlocked.Read(ref totalCount);

        public bool IsInvalid => handle == 0;

        /// <exception cref="InvalidOperationException">The tensor was disposed.</exception>
        public nint Handle => handle != 0 ? handle : throw new InvalidOperationException(
            "Tensor used after it was disposed. Move it out of its DisposeScope, or keep a clone.");

        internal DisposeScope? OwningDisposeScope { get; set; }

        internal static Tensor Adopt(nint handle) => new(handle);

        /// <summary>Another managed tensor over the same memory and the same autograd node.</summary>
        public Tensor alias() => new(Native.ts_tensor_share(Handle));

        public Tensor MoveToOuterDisposeScope()
        {
            OwningDisposeScope?.MoveToOuter(this);
            return this;
        }

        public Tensor DetachFromDisposeScope()
        {
            OwningDisposeScope?.Detach(this);
            return this;
        }

        public void Dispose()
        {
            OwningDisposeScope?.MarkAsDisposed(this);
            Dispose(true);
            GC.SuppressFinalize(this);
        }

        protected virtual void Dispose(bool disposing)
        {
            nint released = MoveHandle();
            if (released != 0) Native.ts_tensor_release(released);
        }

        /// <summary>Takes the reference out of this object, which is as disposed afterwards.</summary>
        internal nint MoveHandle()
        {
            nint moved = Interlocked.Exchange(ref handle, 0);
            if (moved == 0) return 0;
            Interlocked.Decrement(ref totalCount);
            return moved;
        }

        /// <summary>Takes another tensor's reference in place of its own; the other is as disposed afterwards.</summary>
        internal void Become(Tensor other)
        {
            other.DetachFromDisposeScope();
            nint before = Interlocked.Exchange(ref handle, other.MoveHandle());
            Native.ts_tensor_release(before);
        }

        private static void Count()
        {
            long now = Interlocked.Increment(ref totalCount);
            long peak = Interlocked.Read(ref peakCount);
            while (now > peak)
            {
                long seen = Interlocked.CompareExchange(ref peakCount, now, peak);
                if (seen == peak) return;
                peak = seen;
            }
        }
    }
}
