using System.Text;
using Tmrvc.ArtifactStore.Blobs;

namespace Tmrvc.ArtifactStore.Tests.Blobs;

public sealed class BlobStoreTests
{
    private SharedContainer _container = null!;

    [SetUp]
    public async Task SetUp() => _container = await SharedContainer.CreateAsync();

    [TearDown]
    public void TearDown() => _container.Dispose();

    [Test]
    public async Task What_one_machine_pushes_another_pulls_and_restores()
    {
        var (here, there) = (_container.Machine("here"), _container.Machine("there"));
        var set = _container.Publish(here,
            ("model.bin", Content.Of(1, 20_000_000)), ("figures/a.svg", Content.Of(2, 100)), ("figures/b/c.svg", Content.Of(3, 5_000_000)),
            ("figures/empty", []), ("log.txt", Encoding.UTF8.GetBytes("done")));
        await _container.Open().PushAsync(set, here, null, default);

        Assert.That(await _container.Open().PullAsync(set, there, null, default), Is.True);
        Assert.That(there.TryRestore(set) && there.IsInPlace(set));
        Assert.That(File.ReadAllBytes(Path.Combine(there.FolderOf(set), "figures/b/c.svg")), Is.EqualTo(Content.Of(3, 5_000_000)));
        Assert.That(_container.Told, Is.Empty);
    }
}
