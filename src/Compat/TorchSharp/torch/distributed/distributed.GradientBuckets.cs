using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    public static partial class distributed
    {
        /// <summary>
        /// Sums the gradients of a group's processes while backward goes on: parameters share buckets, the last ones first, and a bucket
        /// leaves when backward has computed the gradients of all in it (Li et al., 2020). A hook on each parameter tells that.
        /// </summary>
        public sealed class GradientBuckets : IDisposable
        {
            private readonly ProcessGroup group;
            private nint handle;

            /// <param name="parameters">Float32 leaves that take gradients; in the same order in all processes.</param>
            /// <param name="bytes">Of a bucket, at most; a larger parameter has one of its own.</param>
            public unsafe GradientBuckets(ProcessGroup group, IReadOnlyList<Tensor> parameters, long bytes)
            {
                this.group = group;
                nint[] handles = [.. parameters.Select(parameter => parameter.Handle)];
                fixed (nint* first = handles) handle = Native.Check(Native.ts_buckets(group.Handle, first, handles.Length, bytes));
                GC.KeepAlive(parameters);
            }

            public long count => Native.ts_buckets_count(handle);

            /// <summary>Lets the gradients of the next backward leave; those before it stay here and are added up.</summary>
            public void arm() => Native.ts_buckets_arm(handle);

            /// <summary>
            /// Sends what has not left yet and waits. Then every process has the sums in its gradients; where none has a gradient,
            /// there is none.
            /// </summary>
            /// <returns>Seconds in which something was on its way, and of those the seconds before this call, while backward went on.</returns>
            /// <exception cref="System.Runtime.InteropServices.ExternalException">A member is gone, or not all came within the time.</exception>
            public unsafe (double Travelling, double Hidden) finish()
            {
                double* times = stackalloc double[2];
                Native.Check(Native.ts_buckets_finish(handle, times));
                GC.KeepAlive(group);
                return (times[0], times[1]);
            }

            public void Dispose()
            {
                nint left = Interlocked.Exchange(ref handle, 0);
                if (left != 0) Native.ts_buckets_release(left);
            }
        }
    }
}
