namespace Tmrvc.BuildGraph;

/// <summary>What the machine has left. A wish above the machine's whole is taken as the whole, so that every stage can run.</summary>
internal sealed class ResourcePool(StageResources machine, int? jobs)
{
    private StageResources _taken = new() { Cores = 0 };
    private int _running;

    /// <returns>What was taken; null when it does not fit now.</returns>
    public StageResources? TryTake(StageResources wish)
    {
        var share = new StageResources
        {
            Cores = Math.Min(wish.Cores, machine.Cores),
            Gpus = Math.Min(wish.Gpus, machine.Gpus),
            NetworkSlots = Math.Min(wish.NetworkSlots, machine.NetworkSlots),
            MemoryBytes = machine.MemoryBytes == 0 ? 0 : Math.Min(wish.MemoryBytes, machine.MemoryBytes),
        };
        if (_running >= Math.Max(1, jobs ?? int.MaxValue) || !Fits(share))
            return null;
        Add(share, 1);
        return share;
    }

    public void Return(StageResources share) => Add(share, -1);

    private bool Fits(StageResources share) =>
        _taken.Cores + share.Cores <= machine.Cores &&
        _taken.Gpus + share.Gpus <= machine.Gpus &&
        _taken.NetworkSlots + share.NetworkSlots <= machine.NetworkSlots &&
        _taken.MemoryBytes + share.MemoryBytes <= machine.MemoryBytes;

    private void Add(StageResources share, int sign)
    {
        _running += sign;
        _taken = new StageResources
        {
            Cores = _taken.Cores + sign * share.Cores,
            Gpus = _taken.Gpus + sign * share.Gpus,
            NetworkSlots = _taken.NetworkSlots + sign * share.NetworkSlots,
            MemoryBytes = _taken.MemoryBytes + sign * share.MemoryBytes,
        };
    }
}
