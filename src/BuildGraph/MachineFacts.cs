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
        Directory.Exists(NvidiaFolder)
            ? string.Join(", ", Directory.EnumerateDirectories(NvidiaFolder).Order(StringComparer.Ordinal).Select(gpu => Value(Path.Combine(gpu, "information"), "Model")))
            : "",
        RuntimeInformation.OSDescription);

    /// <summary>The value of the first line <c>name : value</c>; empty without one.</summary>
    private static string Value(string file, string name) => File.Exists(file) && File.ReadLines(file).FirstOrDefault(line => line.StartsWith(name, StringComparison.Ordinal)) is { } line
        ? line[(line.IndexOf(':') + 1)..].Trim()
        : "";
}
