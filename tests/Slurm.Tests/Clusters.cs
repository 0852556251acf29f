using Tmrvc.Support;

namespace Tmrvc.Slurm.Tests;

/// <summary>The cluster that the tests of this assembly share.</summary>
[SetUpFixture]
public sealed class Clusters
{
    public static SlurmCluster Shared { get; private set; } = null!;

    [OneTimeSetUp]
    public async Task Start() => Shared = await SlurmCluster.StartAsync();

    [OneTimeTearDown]
    public async Task End() => await Shared.DisposeAsync();
}
