using System.Collections.Concurrent;
using Tmrvc.ArtifactStore.Blobs;

namespace Tmrvc.ArtifactStore.Tests.Blobs;

public sealed class TransferSlotsTests
{
    [Test]
    public async Task Stores_one_after_the_other_use_the_same_memory()
    {
        var spare = new ConcurrentBag<byte[]>();
        var seen = new HashSet<byte[]>();
        for (var store = 0; store < 5; store++)
        {
            var slots = new TransferSlots(2, spare);
            using var one = await slots.TakeAsync(default);
            using var two = await slots.TakeAsync(default);
            seen.UnionWith([one.Buffer, two.Buffer]);
        }
        Assert.That(seen, Has.Count.EqualTo(2));
    }

    [Test]
    public async Task No_more_bodies_are_on_the_way_than_there_are_slots()
    {
        var slots = new TransferSlots(1, []);
        var first = await slots.TakeAsync(default);
        var second = slots.TakeAsync(default);
        Assert.That(second.IsCompleted, Is.False);
        first.Dispose();
        first.Dispose();
        using var taken = await second;
        Assert.That(slots.TakeAsync(default).IsCompleted, Is.False, "given back twice counts once");
    }
}
