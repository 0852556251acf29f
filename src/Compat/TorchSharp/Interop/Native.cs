using System.Runtime.InteropServices;

namespace TorchSharp.Interop;

/// <summary>The functions of dispatch.cpp. Nothing native is loaded before the first call.</summary>
internal static unsafe partial class Native
{
    private const string Library = NativeLoader.Library;

    static Native() => NativeLoader.Install();

    /// <summary>What libtorch said last on this thread, as an exception.</summary>
    public static ExternalException Failure()
    {
        string message = Marshal.PtrToStringUTF8(ts_last_error()) ?? "";
        int end = message.IndexOf('\n', StringComparison.Ordinal);
        return new ExternalException(end < 0 ? message : message[..end]);
    }

    public static nint Check(nint handle) => handle != 0 ? handle : throw Failure();

    public static void Check(int status)
    {
        if (status < 0) throw Failure();
    }

    [LibraryImport(Library)] public static partial nint ts_last_error();
    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)] public static partial nint ts_operator(string name, string overload);
    [LibraryImport(Library)] public static partial int ts_call(
        nint op, NativeValue* arguments, int count, NativeValue* results, int capacity);
    [LibraryImport(Library)] public static partial void ts_free(nint memory);

    [LibraryImport(Library)] public static partial void ts_tensor_release(nint tensor);
    [LibraryImport(Library)] public static partial nint ts_tensor_share(nint tensor);
    [LibraryImport(Library)] public static partial void ts_tensor_info(nint tensor, TensorInfo* info);
    [LibraryImport(Library)] public static partial nint ts_tensor_data(nint tensor);

    [LibraryImport(Library)] public static partial int ts_tensor_set_requires_grad(nint tensor, int value);
    [LibraryImport(Library)] public static partial nint ts_tensor_grad(nint tensor);
    [LibraryImport(Library)] public static partial int ts_tensor_set_grad(nint tensor, nint gradient);
    [LibraryImport(Library)] public static partial int ts_backward(
        nint* roots, int rootCount, nint* gradients, int gradientCount, int retainGraph, int createGraph, nint* inputs, int inputCount);
    [LibraryImport(Library)] public static partial int ts_grad(
        nint* outputs, int outputCount, nint* inputs, int inputCount, nint* gradients, int gradientCount,
        int retainGraph, int createGraph, int allowUnused, nint* results);
    [LibraryImport(Library)] public static partial int ts_grad_enabled();
    [LibraryImport(Library)] public static partial void ts_set_grad_enabled(int enabled);
    [LibraryImport(Library)] public static partial nint ts_inference_enter(int enabled);
    [LibraryImport(Library)] public static partial void ts_inference_leave(nint guard);

    [LibraryImport(Library)] public static partial int ts_autocast_enabled(int device);
    [LibraryImport(Library)] public static partial void ts_set_autocast_enabled(int device, int enabled);
    [LibraryImport(Library)] public static partial void ts_set_autocast_type(int device, int type);
    [LibraryImport(Library)] public static partial int ts_autocast_nest(int enter);
    [LibraryImport(Library)] public static partial void ts_clear_autocast_cache();
    [LibraryImport(Library)] public static partial int ts_allow_tf32(int convolutions);
    [LibraryImport(Library)] public static partial void ts_set_allow_tf32(int convolutions, int allowed);

    [LibraryImport(Library)] public static partial nint ts_generator_default(int deviceType, int deviceIndex);
    [LibraryImport(Library)] public static partial nint ts_generator_new(ulong seed);
    [LibraryImport(Library)] public static partial void ts_generator_release(nint generator);
    [LibraryImport(Library)] public static partial void ts_generator_set_seed(nint generator, ulong seed);
    [LibraryImport(Library)] public static partial nint ts_generator_state(nint generator);
    [LibraryImport(Library)] public static partial int ts_generator_set_state(nint generator, nint state);
    [LibraryImport(Library)] public static partial int ts_manual_seed(ulong seed);

    [LibraryImport(Library)] public static partial int ts_cuda_device_count();
    [LibraryImport(Library)] public static partial int ts_cuda_synchronize(long device);
    [LibraryImport(Library)] public static partial void ts_set_num_threads(int threads);
    [LibraryImport(Library)] public static partial int ts_get_num_threads();

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)] public static partial int ts_has_backend(string name);
    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)] public static partial nint ts_store_file(string path, int workers);
    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)] public static partial nint ts_store_tcp(
        string host, int port, int workers, int isServer, long timeoutMs);
    [LibraryImport(Library)] public static partial int ts_store_set_timeout(nint store, long timeoutMs);
    [LibraryImport(Library)] public static partial void ts_store_release(nint store);
    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)] public static partial nint ts_group(
        string backend, nint store, int rank, int size, string host, long timeoutMs);
    [LibraryImport(Library)] public static partial void ts_group_release(nint group);
    [LibraryImport(Library)] public static partial int ts_group_sum(nint group, nint tensor);
    [LibraryImport(Library)] public static partial int ts_group_broadcast(nint group, nint tensor, int root);
    [LibraryImport(Library)] public static partial nint ts_buckets(nint group, nint* parameters, long count, long bytes);
    [LibraryImport(Library)] public static partial void ts_buckets_release(nint buckets);
    [LibraryImport(Library)] public static partial long ts_buckets_count(nint buckets);
    [LibraryImport(Library)] public static partial void ts_buckets_arm(nint buckets);
    [LibraryImport(Library)] public static partial int ts_buckets_finish(nint buckets, double* times);
}

/// <summary>Mirrors <c>TensorInfo</c> in dispatch.cpp.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct TensorInfo
{
    public long Dimensions, Elements, ElementSize, DeviceIndex;
    public int Type, DeviceType;
    public long* Sizes, Strides;
    public int RequiresGrad, IsLeaf, IsContiguous, IsInference;
}
