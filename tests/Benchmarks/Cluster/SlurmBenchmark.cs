using System.Globalization;
using System.Text.RegularExpressions;
using Tmrvc.Support;

namespace Tmrvc.Benchmarks.Cluster;

/// <summary>
/// The smoke profile with every stage a job of a Slurm cluster of two virtual nodes: whether it ends in the hashes of the committed lock
/// files, and what a job costs beside its work.
/// </summary>
internal sealed partial class SlurmBenchmark : IBenchmark
{
    public string Name => "slurm";

    public async Task<IReadOnlyList<BenchmarkResult>> RunAsync(string root, TextWriter log, CancellationToken cancellation)
    {
        var folder = Directory.CreateTempSubdirectory("slurm-benchmark-").FullName;
        await using var cluster = await SlurmCluster.StartAsync(nodes: 2, cores: 1);
        try
        {
            var checkout = BareCheckout.Create(root, folder);
            AskForEveryStage(Path.Combine(checkout.Root, "configs", "executors.yaml"));
            string[] command = [.. await BareCheckout.CommandAsync(root, cancellation)];
            var environment = new Dictionary<string, string>(checkout.Variables) { [cluster.Variable.Name] = cluster.Variable.Value };
            log.WriteLine($"  runs profile {BareCheckout.Profile} as jobs on two nodes");
            var (took, said) = await new WholeProcess(checkout.Root, [.. command, "--executor=slurm", "--device=cpu"]) { Environment = environment }.RunAsync(cancellation);
            await new WholeProcess(checkout.Root, [.. command, "--check"]) { Environment = environment }.RunAsync(cancellation);
            return Results(took, said, checkout.OtherThan(root), log);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static void AskForEveryStage(string executors) => File.WriteAllText(
        executors, ClassesInUse().Replace(File.ReadAllText(executors), "slurm:\n  classes: {light: {}, network: {}, cpu: {}, gpu: {}}\n", 1));

    private static IReadOnlyList<BenchmarkResult> Results(double took, string said, string[] other, TextWriter log)
    {
        foreach (var stage in other)
            log.WriteLine($"  {stage}: not what its lock file names");
        var jobs = Overhead().Matches(said).Select(match => match.Groups.Values.Skip(1).Select(value => double.Parse(value.Value, CultureInfo.InvariantCulture)).ToArray()).ToArray();
        return
        [
            new("the whole profile as jobs", took / 60_000, "min"),
            new("jobs", jobs.Length, ""),
            Median("submission to start", jobs, 0),
            Median("start to work", jobs, 1),
            Median("end to noticed", jobs, 2),
            new("stages with other hashes than locally", other.Length, "", Bar: "0", Pass: other.Length == 0),
        ];
    }

    private static BenchmarkResult Median(string what, double[][] jobs, int part) =>
        new($"{what}, median of the jobs", jobs.Length == 0 ? 0 : jobs.Select(job => job[part]).Order().ElementAt(jobs.Length / 2), "s");

    [GeneratedRegex(@"as a job: ([\d.]+) s from submission to start, ([\d.]+) s to work, ([\d.]+) s from its end to here")]
    private static partial Regex Overhead();

    /// <summary>From the section's beginning to the first line that is no longer part of the classes.</summary>
    [GeneratedRegex(@"^slurm:\n  classes:.*\n(?:    .*\n)+", RegexOptions.Multiline)]
    private static partial Regex ClassesInUse();
}
