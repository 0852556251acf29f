using System.Globalization;
using System.Runtime.InteropServices;

namespace Tmrvc.Training;

/// <summary>Memory of this machine, or of the control group (version 2) around this process where that has less.</summary>
internal sealed partial class HostMemory(string proc = "/proc", string group = "/sys/fs/cgroup") : IDeviceMemory
{
    private const string PeakReset = "5"; // proc(5), clear_refs: VmHWM begins anew at the present size

    public long Total => Math.Min(Kibibytes("meminfo", "MemTotal"), Limit ?? long.MaxValue);

    public long Free => Math.Min(Kibibytes("meminfo", "MemAvailable"), Limit - Number(Path.Combine(group, "memory.current")) ?? long.MaxValue);

    public long Used
    {
        get
        {
            GiveBack();
            return Kibibytes("self/status", "VmRSS");
        }
    }

    public long? HighWater(Action work)
    {
        GiveBack();
        var isReset = TryReset();
        work();
        return isReset ? Kibibytes("self/status", "VmHWM") : null;
    }

    /// <summary>Gives back to the system what nobody holds: else it counts as used, or drops out between two readings.</summary>
    private static void GiveBack()
    {
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        GC.WaitForPendingFinalizers();
        malloc_trim(0);
    }

    /// <summary>Gives freed pages back to the system (glibc, malloc_trim(3)).</summary>
    [LibraryImport("libc")]
    private static partial int malloc_trim(nuint pad);

    private long? Limit => Number(Path.Combine(group, "memory.max"));

    private bool TryReset()
    {
        try
        {
            File.WriteAllText(Path.Combine(proc, "self/clear_refs"), PeakReset);
            return true;
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    private static long? Number(string path) =>
        File.Exists(path) && long.TryParse(File.ReadAllText(path), CultureInfo.InvariantCulture, out var number) ? number : null;

    private long Kibibytes(string file, string entry)
    {
        var line = File.ReadLines(Path.Combine(proc, file)).First(line => line.StartsWith(entry + ":", StringComparison.Ordinal));
        return 1024 * long.Parse(line[(entry.Length + 1)..].Replace("kB", "").Trim(), CultureInfo.InvariantCulture);
    }
}
