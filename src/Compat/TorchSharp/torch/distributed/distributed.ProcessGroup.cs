using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    public static partial class distributed
    {
        /// <summary>A process's membership of a group. Every member calls the same methods in the same order.</summary>
        public sealed class ProcessGroup : IDisposable
        {
            private nint handle;

            /// <param name="backend">gloo or nccl.</param>
            /// <param name="host">Of Gloo: the address this process listens on; empty for that of the machine's name.</param>
            /// <param name="timeout">How long one waits for the others in any method.</param>
            /// <exception cref="System.Runtime.InteropServices.ExternalException">The backend is missing, or not all came within the time.</exception>
            public ProcessGroup(string backend, Store store, int rank, int world_size, string host, TimeSpan timeout) =>
                handle = Native.Check(Native.ts_group(backend, store.Handle, rank, world_size, host, (long)timeout.TotalMilliseconds));

            internal nint Handle => handle;

            /// <summary>In place: the sum over all members.</summary>
            /// <exception cref="System.Runtime.InteropServices.ExternalException">A member is gone, or not all came within the time.</exception>
            public void all_reduce(Tensor tensor)
            {
                Native.Check(Native.ts_group_sum(handle, tensor.Handle));
                GC.KeepAlive(tensor);
            }

            /// <summary>In place: the values of the member <paramref name="src"/>.</summary>
            /// <exception cref="System.Runtime.InteropServices.ExternalException">A member is gone, or not all came within the time.</exception>
            public void broadcast(Tensor tensor, int src)
            {
                Native.Check(Native.ts_group_broadcast(handle, tensor.Handle, src));
                GC.KeepAlive(tensor);
            }

            public void Dispose()
            {
                nint left = Interlocked.Exchange(ref handle, 0);
                if (left != 0) Native.ts_group_release(left);
            }
        }
    }
}
