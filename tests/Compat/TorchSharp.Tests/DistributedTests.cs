using System.Runtime.InteropServices;
using static TorchSharp.torch;
using static TorchSharp.torch.distributed;

namespace TorchSharp.Tests;

/// <summary>Processes stand here as threads, each with a store and a group of its own.</summary>
public sealed class DistributedTests
{
    private string folder = "";

    [SetUp]
    public void Make() => folder = Directory.CreateTempSubdirectory("distributed").FullName;

    [TearDown]
    public void Remove() => Directory.Delete(folder, recursive: true);

    [Test]
    public void This_libtorch_has_Gloo() => Assert.That(is_gloo_available(), Is.True);

    [Test]
    public void A_backend_that_is_missing_is_refused_by_name()
    {
        using var store = new FileStore(Path.Combine(folder, "store"), 1);
        Assert.That(
            () => new ProcessGroup("carrier pigeon", store, 0, 1, "127.0.0.1", TimeSpan.FromSeconds(5)),
            Throws.TypeOf<ExternalException>().With.Message.Contains("'carrier pigeon'"));
    }

    [Test]
    public void All_members_have_the_sum_and_one_member_s_values()
    {
        var found = Members(3, (group, rank) =>
        {
            using var scope = NewDisposeScope();
            var (sum, told) = (tensor(new[] { 1f, 10f * rank }), tensor(new[] { (float)rank }));
            group.all_reduce(sum);
            group.broadcast(told, 2);
            return (sum.Floats(), told.Floats());
        });
        Assert.That(found.Select(one => one.Item1), Is.All.EqualTo(new[] { 3f, 30f }));
        Assert.That(found.Select(one => one.Item2), Is.All.EqualTo(new[] { 2f }));
    }

    [Test]
    public void Members_may_find_each_other_through_a_port()
    {
        var port = FreePort();
        var sums = Task.WhenAll(Enumerable.Range(0, 2).Select(rank => Task.Factory.StartNew(() =>
        {
            using var store = new TCPStore("127.0.0.1", port, 2, rank == 0, TimeSpan.FromSeconds(20));
            using var group = new ProcessGroup("gloo", store, rank, 2, "127.0.0.1", TimeSpan.FromSeconds(20));
            using var value = tensor(new[] { 1f + rank });
            group.all_reduce(value);
            group.all_reduce(value); // the store outlives the last of them
            return value.Floats()[0];
        }, TaskCreationOptions.LongRunning)));
        Assert.That(sums.Result, Is.All.EqualTo(6f));
    }

    [TestCase(1L << 20, 1)]
    [TestCase(64L, 3)]
    public void Buckets_leave_the_sum_of_all_members_gradients(long bytes, int buckets)
    {
        var found = Members(2, (group, rank) =>
        {
            using var scope = NewDisposeScope();
            Tensor[] parameters = [.. new[] { 3, 20, 5 }.Select(length => ones(length).requires_grad_())];
            using var shared = new GradientBuckets(group, parameters, bytes);
            Scaled(parameters, 1 + rank).backward(); // stays here
            shared.arm();
            Scaled(parameters, 10).backward();
            shared.finish();
            return (shared.count, parameters.Select(parameter => parameter.grad!.Floats()).ToArray());
        });
        Assert.That(found.Select(one => one.count), Is.All.EqualTo(buckets));
        foreach (var (_, gradients) in found)
            Assert.That(gradients.Select((values, n) => values.All(value => value == (1 + 2 + 20) * (n + 1))), Is.All.True);
    }

    [Test]
    public void A_gradient_that_one_member_has_reaches_all_and_one_that_none_has_stays_absent()
    {
        var found = Members(2, (group, rank) =>
        {
            using var scope = NewDisposeScope();
            Tensor[] parameters = [ones(2).requires_grad_(), ones(2).requires_grad_(), ones(2).requires_grad_()];
            using var shared = new GradientBuckets(group, parameters, 8);
            shared.arm();
            (rank == 0 ? parameters[0] * 3 : parameters[0] + parameters[1]).sum().backward();
            shared.finish();
            return parameters.Select(parameter => parameter.grad?.Floats()).ToArray();
        });
        foreach (var gradients in found)
        {
            Assert.That(gradients[0], Is.EqualTo(new[] { 4f, 4f }));
            Assert.That(gradients[1], Is.EqualTo(new[] { 1f, 1f }));
            Assert.That(gradients[2], Is.Null);
        }
    }

    [Test]
    public void A_bucket_leaves_before_backward_has_ended()
    {
        var found = Members(2, (group, rank) =>
        {
            using var scope = NewDisposeScope();
            var (first, last) = (ones(100, 100).requires_grad_(), ones(100, 100).requires_grad_());
            using var shared = new GradientBuckets(group, [first, last], 100 * 100 * 4);
            shared.arm();
            var slow = first;
            for (var i = 0; i < 20; i++) slow = slow.matmul(first) * 1e-3; // backward reaches the last parameter at once
            ((slow + last) * 1e-3).sum().backward();
            return shared.finish();
        });
        Assert.That(found.Select(times => times.Hidden), Is.All.GreaterThan(0)); // 0 where all leave after it
        Assert.That(found.Select(times => times.Travelling - times.Hidden), Is.All.GreaterThanOrEqualTo(0));
    }

    [Test]
    public void A_member_that_is_gone_is_noticed_by_the_others()
    {
        var failures = Members(2, (group, rank) =>
        {
            using var value = ones(10);
            group.all_reduce(value);
            if (rank == 1) return null;
            return Assert.Throws<ExternalException>(() => group.all_reduce(value))?.Message;
        });
        Assert.That(failures[0], Does.Contain("127.0.0.1"));
    }

    private static Tensor Scaled(Tensor[] parameters, float scale) =>
        parameters.Select((parameter, n) => (parameter * (scale * (n + 1))).sum()).Aggregate((sum, term) => sum + term);

    private T[] Members<T>(int size, Func<ProcessGroup, int, T> work) => Task.WhenAll(Enumerable.Range(0, size).Select(rank => Task.Factory.StartNew(() =>
    {
        using var store = new FileStore(Path.Combine(folder, "store"), size);
        using var group = new ProcessGroup("gloo", store, rank, size, "127.0.0.1", TimeSpan.FromSeconds(20));
        return work(group, rank);
    }, TaskCreationOptions.LongRunning))).Result;

    private static int FreePort()
    {
        using var listener = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Loopback, 0);
        listener.Start();
        return ((System.Net.IPEndPoint)listener.LocalEndpoint).Port;
    }
}
