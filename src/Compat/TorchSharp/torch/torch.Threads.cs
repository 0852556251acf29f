using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    /// <summary>Threads one operator may use: libtorch's own and, where matrix products go to OpenBLAS, OpenBLAS's.</summary>
    public static void set_num_threads(int num) => Native.ts_set_num_threads(num);

    public static int get_num_threads() => Native.ts_get_num_threads();

    public static class cuda
    {
        public static bool is_available() => device_count() > 0;

        public static int device_count() => Native.ts_cuda_device_count();

        public static void synchronize(Device? device = null) => Native.Check(Native.ts_cuda_synchronize(device?.index ?? -1));
    }

    public static bool cuda_is_available() => cuda.is_available();
}
