using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        public long Dimensions => Info.Dimensions;

        public long ndim => Dimensions;

        public long NumberOfElements => Info.Elements;

        public long ElementSize => Info.ElementSize;

        public ScalarType dtype => (ScalarType)Info.Type;

        public DeviceType device_type => (DeviceType)Info.DeviceType;

        public int device_index => (int)Info.DeviceIndex;

        public Device device => new(device_type, device_index);

        public bool is_leaf => Info.IsLeaf != 0;

        public unsafe long[] shape
        {
            get
            {
                TensorInfo info = Info;
                var sizes = new ReadOnlySpan<long>(info.Sizes, (int)info.Dimensions).ToArray();
                GC.KeepAlive(this);
                return sizes;
            }
        }

        private unsafe TensorInfo Info
        {
            get
            {
                TensorInfo info;
                Native.ts_tensor_info(Handle, &info);
                GC.KeepAlive(this);
                return info;
            }
        }

        public long dim() => Dimensions;

        public long numel() => NumberOfElements;

        public bool is_floating_point() => torch.is_floating_point(dtype);

        public bool is_complex() => torch.is_complex(dtype);

        public bool is_cpu() => device_type == DeviceType.CPU;

        public bool is_contiguous() => Info.IsContiguous != 0;

        public long[] size() => shape;

        /// <exception cref="IndexOutOfRangeException">There is no such dimension.</exception>
        public long size(int dim)
        {
            long[] sizes = shape;
            int index = dim < 0 ? dim + sizes.Length : dim;
            return (uint)index < (uint)sizes.Length ? sizes[index] : throw new IndexOutOfRangeException(
                $"Dimension {dim} of a tensor [{string.Join(", ", sizes)}]: expected {-sizes.Length} to {sizes.Length - 1}.");
        }

        public unsafe long[] stride()
        {
            TensorInfo info = Info;
            var strides = new ReadOnlySpan<long>(info.Strides, (int)info.Dimensions).ToArray();
            GC.KeepAlive(this);
            return strides;
        }

        public override string ToString() => IsInvalid
            ? "disposed tensor"
            : $"[{string.Join("x", shape)}], type = {dtype}, device = {device}";
    }
}
