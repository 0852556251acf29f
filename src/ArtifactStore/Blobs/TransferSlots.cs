using System.Collections.Concurrent;

namespace Tmrvc.ArtifactStore.Blobs;

/// <summary>How many bodies are on the way at once, and the memory for them. It bounds both, however many sets travel.</summary>
/// <param name="spare">Memory that nobody uses now. Stores of one process share it, so one after the other takes no more than one.</param>
internal sealed class TransferSlots(int count, ConcurrentBag<byte[]> spare)
{
    public const int Bytes = Pack.MostBytes;

    private static readonly ConcurrentBag<byte[]> OfProcess = [];

    private readonly SemaphoreSlim _free = new(count);

    public TransferSlots(int count) : this(count, OfProcess) { }

    public async Task<Slot> TakeAsync(CancellationToken cancellation)
    {
        await _free.WaitAsync(cancellation).ConfigureAwait(false);
        return new Slot(this, spare.TryTake(out var buffer) ? buffer : GC.AllocateUninitializedArray<byte>(Bytes));
    }

    private void GiveBack(byte[] buffer)
    {
        spare.Add(buffer);
        _free.Release();
    }

    /// <summary>The right to move one body, until it is disposed of.</summary>
    public sealed class Slot(TransferSlots slots, byte[] buffer) : IDisposable
    {
        private int _isGivenBack;

        public byte[] Buffer { get; } = buffer;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _isGivenBack, 1) == 0)
                slots.GiveBack(Buffer);
        }
    }
}
