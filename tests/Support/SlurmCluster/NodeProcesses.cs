using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace Tmrvc.Support;

/// <summary>Finds the processes of jobs by what Slurm puts into their environment.</summary>
internal static class NodeProcesses
{
    /// <param name="cluster">As <see cref="SlurmCluster.Variable"/>, which jobs inherit from whoever submits them.</param>
    public static IReadOnlyList<Process> Of(string node, (string Name, string Value) cluster) =>
    [
        .. Directory.EnumerateDirectories("/proc").Select(Number).OfType<int>()
            .Where(id => Environment(id) is var words && words.Contains($"SLURMD_NODENAME={node}") && words.Contains($"{cluster.Name}={cluster.Value}"))
            .Select(Process.GetProcessById),
    ];

    private static int? Number(string folder) =>
        int.TryParse(Path.GetFileName(folder), NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : null;

    private static string[] Environment(int process)
    {
        try
        {
            return File.ReadAllText($"/proc/{process}/environ", Encoding.UTF8).Split('\0');
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }
}
