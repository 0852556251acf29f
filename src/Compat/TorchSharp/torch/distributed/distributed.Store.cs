using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    /// <summary>Processes that work on one model, as c10d has them. The package has no counterpart; names and arguments are PyTorch's.</summary>
    public static partial class distributed
    {
        public static bool is_gloo_available() => Native.ts_has_backend("gloo") != 0;

        public static bool is_nccl_available() => Native.ts_has_backend("nccl") != 0;

        /// <summary>Where processes find each other.</summary>
        public abstract class Store : IDisposable
        {
            private nint handle;

            private protected Store(nint handle) => this.handle = Native.Check(handle);

            internal nint Handle => handle;

            /// <summary>How long a process waits for what another one has to say.</summary>
            public void set_timeout(TimeSpan timeout) => Native.Check(Native.ts_store_set_timeout(handle, (long)timeout.TotalMilliseconds));

            public void Dispose()
            {
                nint left = Interlocked.Exchange(ref handle, 0);
                if (left != 0) Native.ts_store_release(left);
            }
        }

        /// <summary>A file that all of them can reach; it must be new for each group.</summary>
        public sealed class FileStore(string file_name, int world_size) : Store(Native.ts_store_file(file_name, world_size));

        /// <summary>A port that one of them listens on, at all addresses of its machine.</summary>
        /// <exception cref="System.Runtime.InteropServices.ExternalException">Not all came within the time.</exception>
        public sealed class TCPStore(string host_name, int port, int world_size, bool is_master, TimeSpan timeout)
            : Store(Native.ts_store_tcp(host_name, port, world_size, is_master ? 1 : 0, (long)timeout.TotalMilliseconds));
    }
}
