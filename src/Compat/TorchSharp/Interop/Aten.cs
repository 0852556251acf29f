using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace TorchSharp.Interop;

/// <summary>
/// Calls ATen operators by name through libtorch's dispatcher. Arguments left out at the end take the schema's defaults.
/// Names are those of native_functions.yaml without the namespace: <c>add.Tensor</c>, <c>mul_.Scalar</c>.
/// </summary>
internal static unsafe class Aten
{
    private static readonly ConcurrentDictionary<string, nint> Operators = new(StringComparer.Ordinal);

    /// <exception cref="ExternalException">libtorch refused the call; the message is its first line.</exception>
    public static Tensor Call(string name, params ReadOnlySpan<Argument> arguments)
    {
        NativeValue result;
        Invoke(name, arguments, &result, 1);
        return Tensor.Adopt(result.Pointer);
    }

    /// <summary>Calls an in-place operator and hands back its first argument, the tensor it changed.</summary>
    public static Tensor CallInPlace(string name, params ReadOnlySpan<Argument> arguments)
    {
        NativeValue result;
        Invoke(name, arguments, &result, 1);
        Native.ts_tensor_release(result.Pointer);
        return (Tensor)arguments[0].Reference!;
    }

    public static Tensor[] CallList(string name, params ReadOnlySpan<Argument> arguments)
    {
        NativeValue result;
        Invoke(name, arguments, &result, 1);
        nint* handles = (nint*)result.Pointer;
        var tensors = new Tensor[result.Count];
        for (int i = 0; i < tensors.Length; i++) tensors[i] = Tensor.Adopt(handles[i]);
        Native.ts_free((nint)handles);
        return tensors;
    }

    public static Scalar CallScalar(string name, params ReadOnlySpan<Argument> arguments)
    {
        NativeValue result;
        Invoke(name, arguments, &result, 1);
        return new Scalar(result);
    }

    [SkipLocalsInit]
    private static void Invoke(string name, ReadOnlySpan<Argument> arguments, NativeValue* results, int capacity)
    {
        NativeValue* values = stackalloc NativeValue[arguments.Length];
        long* lists = stackalloc long[ListLength(arguments)];
        for (int i = 0; i < arguments.Length; i++) Write(arguments[i], ref values[i], ref lists);
        int count = Native.ts_call(Resolve(name), values, arguments.Length, results, capacity);
        foreach (ref readonly Argument argument in arguments) GC.KeepAlive(argument.Reference);
        if (count < 0) throw Native.Failure();
    }

    private static nint Resolve(string name) =>
        Operators.TryGetValue(name, out nint handle) ? handle : Operators.GetOrAdd(name, Find);

    private static nint Find(string name)
    {
        int dot = name.IndexOf('.', StringComparison.Ordinal);
        nint found = dot < 0
            ? Native.ts_operator("aten::" + name, "")
            : Native.ts_operator("aten::" + name[..dot], name[(dot + 1)..]);
        return found != 0 ? found : throw Native.Failure();
    }

    private static int ListLength(ReadOnlySpan<Argument> arguments)
    {
        int total = 0;
        foreach (ref readonly Argument argument in arguments) total += argument.Count;
        return total;
    }

    private static void Write(in Argument argument, ref NativeValue value, ref long* lists)
    {
        value = new() { Tag = argument.Tag, Count = argument.Count, Bits = argument.Bits, Imaginary = argument.Imaginary };
        if (argument.Count == 0 || argument.Tag == ValueTag.Device) return;
        WriteList(argument.Reference, new Span<long>(lists, argument.Count), ref value);
        if (argument.Tag != ValueTag.Text) value.Bits = (nint)lists;
        lists += argument.Count;
    }

    private static void WriteList(object? list, Span<long> target, ref NativeValue value)
    {
        switch (list)
        {
            case long[] integers: integers.CopyTo(target); break;
            case Tensor[] tensors: WriteHandles(tensors, target); break;
            case string text: WriteText(text, target, ref value); break;
        }
    }

    private static void WriteHandles(Tensor[] tensors, Span<long> target)
    {
        for (int i = 0; i < tensors.Length; i++) target[i] = tensors[i].Handle;
    }

    /// <summary>
    /// Operator texts are ASCII words such as "mean" and "none": never longer in bytes than the room of one long per letter.
    /// </summary>
    private static void WriteText(string text, Span<long> target, ref NativeValue value)
    {
        value.Count = System.Text.Encoding.ASCII.GetBytes(text, MemoryMarshal.AsBytes(target));
        value.Bits = (nint)Unsafe.AsPointer(ref MemoryMarshal.GetReference(target));
    }
}
