using System.Runtime.InteropServices;

namespace Tmrvc.BuildGraph;

/// <summary>What this machine is, for action records.</summary>
internal static class MachineFacts
{
    private const string NvidiaFolder = "/proc/driver/nvidia/gpus";

    public static Hardware Hardware { get; } = new(
        Value("/proc/cpuinfo", "model name"),
        Environment.ProcessorCount,
        GC.GetGCMemoryInfo().TotalAvailableMemoryBytes,
        string.Join(", ", GpuFolders().Select(gpu => Value(Path.Combine(gpu, "information"), "Model"))),
        RuntimeInformation.OSDescription);

    private static IEnumerable<string> GpuFolders() =>
        Directory.Exists(NvidiaFolder) ? Directory.EnumerateDirectories(NvidiaFolder).Order(StringComparer.Ordinal) : [];

    /// <summary>The value of the first line <c>name : value</c>; empty without one.</summary>
    private static string Value(string file, string name)
    {
        if (!File.Exists(file))
            return "";
        var line = File.ReadLines(file).FirstOrDefault(line => line.StartsWith(name, StringComparison.Ordinal)) ?? "";
        return line[(line.IndexOf(':') + 1)..].Trim();
    }
}
