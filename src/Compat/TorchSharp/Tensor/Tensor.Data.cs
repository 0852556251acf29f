using TorchSharp.Interop;
using TorchSharp.Utils;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        /// <summary>The elements as bytes, in memory order; valid while the tensor lives.</summary>
        /// <exception cref="InvalidOperationException">The tensor is not contiguous, or not on the CPU.</exception>
        public unsafe Span<byte> bytes => new((void*)DataPointer("bytes"), checked((int)(numel() * ElementSize)));

        /// <summary>Typed access to the elements, in index order whatever the strides; CPU only.</summary>
        /// <exception cref="ArgumentException"><typeparamref name="T"/> is not the tensor's element type.</exception>
        public TensorAccessor<T> data<T>() where T : unmanaged
        {
            if (TypeOf(typeof(T)) != dtype)
                throw new ArgumentException($"Tensor of {dtype} read as {typeof(T)}: use the matching type.");
            return new TensorAccessor<T>(this);
        }

        /// <exception cref="ArgumentException">The tensor has more than one element, or another type.</exception>
        public T item<T>() where T : unmanaged
        {
            if (numel() != 1)
                throw new ArgumentException($"item() of a tensor [{string.Join(", ", shape)}]: it must have one element.");
            using TensorAccessor<T> element = data<T>();
            return element[0];
        }

        public Scalar ToScalar() => Aten.CallScalar("item", this);

        public double ToDouble() => ToScalar().ToDouble();

        public static implicit operator Tensor(Scalar scalar) => full([], scalar);

        public static implicit operator Tensor(int value) => tensor(value);

        public static implicit operator Tensor(long value) => tensor(value);

        public static implicit operator Tensor(float value) => tensor(value);

        public static implicit operator Tensor(double value) => tensor(value);

        internal nint DataPointer(string purpose)
        {
            if (!is_cpu()) throw new InvalidOperationException($"Tensor {purpose} on {device}: move it to the CPU first.");
            if (!is_contiguous())
                throw new InvalidOperationException(
                    $"Tensor {purpose}: call contiguous() first, its strides are [{string.Join(", ", stride())}].");
            return RawPointer();
        }

        /// <summary>Where element [0, …, 0] lies; zero only for an empty tensor.</summary>
        internal nint RawPointer()
        {
            if (numel() == 0) return 0;
            return Native.Check(Native.ts_tensor_data(Handle));
        }
    }
}
