using Tmrvc.ArtifactStore.Tests.Support;

namespace Tmrvc.ArtifactStore.Tests;

public sealed class LeaseTests
{
    [Test]
    public void A_lease_has_one_holder_until_it_is_given_back()
    {
        using var folder = new TemporaryFolder();
        using (var first = Lease.TryTake(folder["leases/a"]))
        {
            Assert.That(first, Is.Not.Null);
            Assert.That(Lease.TryTake(folder["leases/a"]), Is.Null);
            using var other = Lease.TryTake(folder["leases/b"]);
            Assert.That(other, Is.Not.Null);
        }
        using var next = Lease.TryTake(folder["leases/a"]);
        Assert.That(next, Is.Not.Null);
    }

    [Test]
    public async Task Who_waits_is_told_so_once_and_gets_it_next()
    {
        using var folder = new TemporaryFolder();
        var first = Lease.TryTake(folder["a"])!;
        var told = 0;
        var waiting = Lease.TakeAsync(folder["a"], () => told++, TimeProvider.System, CancellationToken.None);
        await Task.Delay(100);
        Assert.That((waiting.IsCompleted, told), Is.EqualTo((false, 1)));
        first.Dispose();
        using var second = await waiting;
        Assert.That(Lease.TryTake(folder["a"]), Is.Null);
    }

    [Test]
    public void Waiting_can_be_given_up()
    {
        using var folder = new TemporaryFolder();
        using var first = Lease.TryTake(folder["a"]);
        using var stop = new CancellationTokenSource(50);
        Assert.That(async () => await Lease.TakeAsync(folder["a"], () => { }, TimeProvider.System, stop.Token),
            Throws.InstanceOf<OperationCanceledException>());
    }

    [Test]
    public void Under_a_crowd_nobody_holds_it_together_with_another()
    {
        using var folder = new TemporaryFolder();
        var (inside, worst) = (0, 0);
        Parallel.For(0, 400, new ParallelOptions { MaxDegreeOfParallelism = 8 }, _ =>
        {
            using var lease = Lease.TryTake(folder["a"]);
            if (lease is null)
                return;
            worst = Math.Max(worst, Interlocked.Increment(ref inside));
            Thread.SpinWait(200);
            Interlocked.Decrement(ref inside);
        });
        Assert.That(worst, Is.EqualTo(1));
    }

    [Test]
    public void A_folder_that_cannot_be_made_is_named()
    {
        using var folder = new TemporaryFolder();
        folder.Write("file", "");
        Assert.That(() => Lease.TryTake(folder["file/lease"]),
            Throws.TypeOf<StorageException>().With.Message.StartsWith(folder["file"]));
    }
}
