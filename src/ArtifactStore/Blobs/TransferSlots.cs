using System.Collections.Concurrent;

namespace Tmrvc.ArtifactStore.Blobs;

/// <summary>How many bodies are on the way at once, and the memory for them. It bounds both, however many sets travel.</summary>
internal sealed class TransferSlots(int count)
{
    public const int Bytes = Pack.MostBytes;

    private readonly SemaphoreSlim _free = new(count);
    private readonly ConcurrentBag<byte[]> _buffers = [];

    public async Task<Slot> TakeAsync(CancellationToken cancellation)
    {
        await _free.WaitAsync(cancellation).ConfigureAwait(false);
        return new Slot(this, _buffers.TryTake(out var buffer) ? buffer : GC.AllocateUninitializedArray<byte>(Bytes));
    }

    /// <summary>The right to move one body, until it is disposed of.</summary>
    public sealed class Slot(TransferSlots slots, byte[] buffer) : IDisposable
    {
        private int _isGivenBack;

        public byte[] Buffer { get; } = buffer;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _isGivenBack, 1) != 0)
                return;
            slots._buffers.Add(Buffer);
            slots._free.Release();
        }
    }
}
