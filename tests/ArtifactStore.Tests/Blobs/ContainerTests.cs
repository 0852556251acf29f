namespace Tmrvc.ArtifactStore.Tests.Blobs;

/// <summary>Tests with a container of their own, side by side.</summary>
[Parallelizable(ParallelScope.All)]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public abstract class ContainerTests
{
    private protected SharedContainer Container { get; private set; } = null!;

    [SetUp]
    public async Task CreateContainer() => Container = await SharedContainer.CreateAsync();

    [TearDown]
    public void DeleteFolder() => Container?.Dispose();
}
