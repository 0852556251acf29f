using Tmrvc.BuildGraph;
using TorchSharp;
using static TorchSharp.torch;

namespace Tmrvc.Training;

/// <summary>libtorch's c10d: NCCL between GPUs where this libtorch has it, else Gloo.</summary>
internal sealed class C10d : ICollectives
{
    private const string Tcp = "tcp://";
    private const long BucketBytes = 4 << 20;

    /// <summary>Rank 0 may validate and draw spectra so long while others wait. A process that dies is noticed at once.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromHours(1);

    private readonly distributed.Store _store;
    private readonly distributed.ProcessGroup _group;

    private C10d(distributed.Store store, distributed.ProcessGroup group) => (_store, _group) = (store, group);

    public static ICollectives Join(RankPlace place, Device device)
    {
        var (store, host) = place.Rendezvous.StartsWith(Tcp, StringComparison.Ordinal) ? ByPort(place) : (ByFile(place), "127.0.0.1");
        var backend = device.type == DeviceType.CUDA && distributed.is_nccl_available() ? "nccl" : "gloo";
        return new C10d(store, new distributed.ProcessGroup(backend, store, place.Rank, place.Size, host, Patience));
    }

    public void Sum(Tensor tensor) => _group.all_reduce(tensor);

    public void Spread(Tensor tensor) => _group.broadcast(tensor, 0);

    public IGradientSums SumsOf(IReadOnlyList<Tensor> parameters) => new Sums(new distributed.GradientBuckets(_group, parameters, BucketBytes));

    public void Dispose()
    {
        _group.Dispose();
        _store.Dispose();
    }

    /// <summary>Nobody listens anywhere but at the loopback address.</summary>
    private static distributed.FileStore ByFile(RankPlace place) => new(place.Rendezvous, place.Size);

    private static (distributed.Store Store, string Host) ByPort(RankPlace place)
    {
        var address = new Uri(place.Rendezvous);
        var store = new distributed.TCPStore(address.Host, address.Port, place.Size, place.Rank == 0, Patience);
        return (store, address.IsLoopback ? "127.0.0.1" : "");
    }

    private sealed class Sums(distributed.GradientBuckets buckets) : IGradientSums
    {
        public void Begin() => buckets.arm();

        public (double Travelling, double Hidden) End() => buckets.finish();

        public void Dispose() => buckets.Dispose();
    }
}
