using System.Globalization;
using Azure.Storage.Blobs.Models;
using Tmrvc.EndToEnd.Harness;
using Tmrvc.Fleet;

namespace Tmrvc.EndToEnd;

/// <summary>Machines that share nothing but a cache, and vanish. tests/Benchmarks --fleet does the same with the smoke profile.</summary>
[Category("EndToEnd")]
public sealed class FleetTests
{
    [Test]
    public async Task A_fleet_killed_at_random_completes_the_graph_with_one_record_for_each_key_and_does_little_twice()
    {
        var expected = SharedWorkspaces.UndisturbedLocksWithPhase1a;
        await using var team = await Team.CreateAsync();
        var plan = new FleetPlan([Checkout.FrontDoor(), "--profile=mini"], "mini", () => Join(team))
        {
            Machines = 3,
            BetweenKills = SharedWorkspaces.UndisturbedTime / 6,
            Kills = 5,
            Vanished = machine => team.EndLeasesOfAsync(machine.Root),
            Limit = TimeSpan.FromMinutes(10),
        };

        var end = await FleetRun.RunAsync(plan, TestContext.Out);

        TestContext.Out.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{end.Took.TotalSeconds:0} s; worked {end.Worked.TotalSeconds:0.0} s, lost {end.Lost.TotalSeconds:0.0} s ({end.Recomputed:P0}); finished: {string.Join(' ', end.Finished)}"));
        Assert.That(end.Machines.Select(machine => machine.Locks("mini")), Has.Exactly(3).EqualTo(expected));
        Assert.That(team.Cache.GetBlobs(BlobTraits.None, BlobStates.None, "v1/records/", default).Count(), Is.EqualTo(expected.Count), "records in the cache");
        Assert.That(end.Finished.Distinct(), Is.EquivalentTo(expected.Keys), "stages run to their end");
        Assert.That(end.Finished, Has.Count.LessThanOrEqualTo(expected.Count + end.Vanished), "a result is lost at most with a machine that had not shared it");
        Assert.That(end.Recomputed, Is.LessThan(0.5));
    }

    private static FleetMachine Join(Team team)
    {
        var workspace = team.Join(SharedWorkspaces.WithCorpus());
        SharedWorkspaces.UsePhase1a(workspace);
        return new FleetMachine(workspace.Root, new Dictionary<string, string>(workspace.Variables)
        {
            ["TMRVC_ROOT"] = workspace.Root,
            ["TMRVC_PACKAGE_SET"] = Checkout.PackageSet,
        });
    }
}
