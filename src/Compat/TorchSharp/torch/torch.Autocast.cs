using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    public static bool is_autocast_gpu_enabled() => Native.ts_autocast_enabled((int)DeviceType.CUDA) != 0;

    public static bool is_autocast_cpu_enabled() => Native.ts_autocast_enabled((int)DeviceType.CPU) != 0;

    /// <summary>Whether this thread's operators on a GPU choose their own precision.</summary>
    public static void set_autocast_enabled(bool enabled) => Native.ts_set_autocast_enabled((int)DeviceType.CUDA, enabled ? 1 : 0);

    public static void set_autocast_cpu_enabled(bool enabled) => Native.ts_set_autocast_enabled((int)DeviceType.CPU, enabled ? 1 : 0);

    public static void set_autocast_gpu_dtype(ScalarType dtype) => Native.ts_set_autocast_type((int)DeviceType.CUDA, (int)dtype);

    public static void set_autocast_cpu_dtype(ScalarType dtype) => Native.ts_set_autocast_type((int)DeviceType.CPU, (int)dtype);

    public static int autocast_increment_nesting() => Native.ts_autocast_nest(1);

    public static int autocast_decrement_nesting() => Native.ts_autocast_nest(0);

    /// <summary>Forgets the weights that were cast since the outermost nesting began.</summary>
    public static void clear_autocast_cache() => Native.ts_clear_autocast_cache();

    public static class backends
    {
        public static class cuda
        {
            /// <summary>Matrix products.</summary>
            public static class matmul
            {
                public static bool allow_tf32
                {
                    get => Native.ts_allow_tf32(convolutions: 0) != 0;
                    set => Native.ts_set_allow_tf32(convolutions: 0, value ? 1 : 0);
                }
            }
        }

        /// <summary>Convolutions.</summary>
        public static class cudnn
        {
            public static bool allow_tf32
            {
                get => Native.ts_allow_tf32(convolutions: 1) != 0;
                set => Native.ts_set_allow_tf32(convolutions: 1, value ? 1 : 0);
            }
        }
    }
}
