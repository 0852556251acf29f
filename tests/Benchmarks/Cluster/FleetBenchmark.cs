using Azure.Storage.Blobs;
using Tmrvc.Azurite;
using Tmrvc.Fleet;

namespace Tmrvc.Benchmarks.Cluster;

/// <summary>
/// Eight machines that share a cache bring the smoke profile up to date while every 30 s one of them is killed, every other time never to
/// come back: what that costs. Its leases run out by themselves.
/// </summary>
internal sealed class FleetBenchmark : IBenchmark
{
    private const double Bar = 0.15;

    public string Name => "fleet";

    public async Task<IReadOnlyList<BenchmarkResult>> RunAsync(string root, TextWriter log, CancellationToken cancellation)
    {
        var folder = Directory.CreateTempSubdirectory("fleet-benchmark-").FullName;
        await using var server = await AzuriteServer.StartAsync();
        var cache = await server.CreateContainerAsync();
        try
        {
            FleetMachine NewMachine() => Machine(BareCheckout.Create(root, folder), server, cache);
            var plan = new FleetPlan(await BareCheckout.CommandAsync(root, cancellation), BareCheckout.Profile, NewMachine);
            log.WriteLine($"  {plan.Machines} machines, a kill every {plan.BetweenKills.TotalSeconds:0} s");
            return Results(await FleetRun.RunAsync(plan, log), cache, root);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static FleetMachine Machine(BareCheckout checkout, AzuriteServer server, BlobContainerClient cache) => new(
        checkout.Root,
        new Dictionary<string, string>(checkout.Variables)
        {
            ["AZURE_STORAGE_CONNECTION_STRING"] = server.ConnectionString,
            ["TMRVC_CACHE"] = cache.Name,
        });

    private static IReadOnlyList<BenchmarkResult> Results(FleetEnd end, BlobContainerClient cache, string root)
    {
        var stages = end.Machines.Max(machine => new BareCheckout(machine.Root).Locks.Count);
        var records = cache.GetBlobs().Count(blob => blob.Name.StartsWith("v1/records/", StringComparison.Ordinal));
        var others = end.Machines.Count(machine => new BareCheckout(machine.Root).OtherThan(root).Length > 0);
        return
        [
            new("the whole graph, on every machine", end.Took.TotalMinutes, "min"),
            new("kills", end.Kills, "", $"of them {end.Vanished} for ever"),
            new("stages at work, over all machines", end.Worked.TotalMinutes, "min"),
            new("of that done again", 100 * end.Recomputed, "%", Bar: $"< {100 * Bar} %", Pass: end.Recomputed < Bar),
            new("stages that were finished twice", end.Finished.Count - end.Finished.Distinct().Count(), ""),
            new("records in the cache beyond one for each key", records - stages, "", Bar: "0", Pass: records == stages),
            new("machines with other hashes than the lock files", others, "", Bar: "0", Pass: others == 0),
        ];
    }
}
