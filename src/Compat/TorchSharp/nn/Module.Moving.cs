namespace TorchSharp
{
    public static partial class torch
    {
        public static partial class nn
        {
            public partial class Module
            {
                /// <summary>
                /// Converts floating point tensors and moves all, in place: the parameter objects stay the same.
                /// </summary>
                internal void MoveTo(Device? device, ScalarType? dtype)
                {
                    using IDisposable frozen = no_grad();
                    using DisposeScope scope = NewDisposeScope();
                    foreach (Tensor tensor in ownParameters.Values) Move(tensor, device, dtype);
                    foreach (Buffer buffer in ownBuffers.Values) Move(buffer.Tensor, device, dtype);
                    foreach (Module child in children()) child.MoveTo(device, dtype);
                }

                private static void Move(Tensor tensor, Device? device, ScalarType? dtype)
                {
                    ScalarType type = tensor.is_floating_point() && dtype is { } wanted ? wanted : tensor.dtype;
                    bool trained = tensor.requires_grad;
                    Tensor moved = tensor.to(type, device ?? tensor.device);
                    tensor.Become(moved.requires_grad_(trained));
                }
            }
        }
    }

    /// <summary>Moves and conversions that keep the module's own type.</summary>
    public static class ModuleExtensionMethods
    {
        public static T to<T>(this T module, torch.Device device, bool non_blocking = false) where T : torch.nn.Module =>
            Moved(module, device, null);

        public static T to<T>(this T module, torch.ScalarType type, bool non_blocking = false) where T : torch.nn.Module =>
            Moved(module, null, type);

        public static T to<T>(this T module, torch.Device device, torch.ScalarType type, bool non_blocking = false)
            where T : torch.nn.Module =>
            Moved(module, device, type);

        public static T to<T>(this T module, DeviceType deviceType, int deviceIndex = -1, bool non_blocking = false)
            where T : torch.nn.Module =>
            Moved(module, new torch.Device(deviceType, deviceIndex), null);

        public static T to<T>(this T module, string device, bool non_blocking = false) where T : torch.nn.Module =>
            Moved(module, new torch.Device(device), null);

        private static T Moved<T>(T module, torch.Device? device, torch.ScalarType? type) where T : torch.nn.Module
        {
            module.MoveTo(device, type);
            return module;
        }
    }
}
