using System.Globalization;

namespace Tmrvc.BuildGraph;

/// <summary>The variables by which torchrun tells a process its place.</summary>
internal static class RankEnvironment
{
    private const string Rank = "RANK";
    private const string Size = "WORLD_SIZE";
    private const string Host = "MASTER_ADDR";
    private const string Port = "MASTER_PORT";
    private const string Gpus = "CUDA_VISIBLE_DEVICES";

    /// <summary>For a rank on this machine, which finds the others through a file.</summary>
    public static IEnumerable<(string Name, string Value)> For(int rank, int size)
    {
        foreach (var name in new[] { Rank, "LOCAL_RANK" }) yield return (name, Text(rank));
        foreach (var name in new[] { Size, "LOCAL_WORLD_SIZE" }) yield return (name, Text(size));
        yield return (Host, "127.0.0.1");
        if (Visible() is { } gpus && gpus.Count >= size) yield return (Gpus, gpus[rank]);
    }

    /// <param name="file">Through which they find each other where no port is named.</param>
    /// <exception cref="ArgumentException">The variables tell no place.</exception>
    public static RankPlace Place(Func<string, string?> variable, string file)
    {
        var (rank, size) = (Number(Rank), Number(Size));
        if (size < 1 || rank >= size) throw new ArgumentException($"{Rank} {rank} of {Size} {size}: a rank from 0 to below the size is allowed.");
        var port = variable(Port);
        return new RankPlace(rank, size, string.IsNullOrEmpty(port) ? file : $"tcp://{variable(Host)}:{port}");

        int Number(string name) => int.TryParse(variable(name), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw new ArgumentException($"{name}: found '{variable(name)}'; a whole number from 0 is needed.");
    }

    /// <summary>How many GPUs a process may see.</summary>
    public static int VisibleGpus => Visible()?.Count ?? 0;

    /// <summary>What a process may see, one of them each; null where there is no GPU.</summary>
    private static IReadOnlyList<string>? Visible()
    {
        const string driver = "/proc/driver/nvidia/gpus";
        if (Environment.GetEnvironmentVariable(Gpus) is { } chosen) return chosen.Split(',', StringSplitOptions.RemoveEmptyEntries);
        return Directory.Exists(driver) ? [.. Enumerable.Range(0, Directory.GetDirectories(driver).Length).Select(Text)] : null;
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
