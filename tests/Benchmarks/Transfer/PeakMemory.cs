using System.Globalization;

namespace Tmrvc.Benchmarks.Transfer;

/// <summary>The most memory that this process has held at once, as the kernel counts it.</summary>
internal static class PeakMemory
{
    /// <summary>Forgets the peak so far, and what the process holds no more.</summary>
    public static void Reset()
    {
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        File.WriteAllText("/proc/self/clear_refs", "5");
    }

    public static double Mebibytes()
    {
        var line = File.ReadLines("/proc/self/status").First(line => line.StartsWith("VmHWM:", StringComparison.Ordinal));
        return double.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) / 1024;
    }
}
