using System.Globalization;

namespace TorchSharp;

public static partial class torch
{
    /// <summary>A device as text ("cpu", "cuda:1"), a kind, and an index of -1 where it does not matter.</summary>
    public class Device
    {
        public Device(string description)
        {
            string[] parts = description.Split(':');
            type = Parse(parts[0]);
            index = parts.Length > 1 ? int.Parse(parts[1], CultureInfo.InvariantCulture) : -1;
        }

        public Device(DeviceType deviceType, int index = -1)
        {
            type = deviceType;
            this.index = index;
        }

        public DeviceType type { get; }

        public int index { get; }

        public override string ToString() =>
            index < 0 ? type.ToString().ToLowerInvariant() : $"{type.ToString().ToLowerInvariant()}:{index}";

        private static DeviceType Parse(string name) => Enum.TryParse(name, ignoreCase: true, out DeviceType found)
            ? found
            : throw new ArgumentException($"Device '{name}': expected cpu, cuda, mps or meta.", nameof(name));
    }

    public static readonly Device CPU = new(DeviceType.CPU);
    public static readonly Device META = new(DeviceType.META);
    public static readonly Device MPS = new(DeviceType.MPS);
    public static readonly Device CUDA = new(DeviceType.CUDA);

    private static Device defaultDevice = CPU;

    public static Device device(string description) => new(description);
}
