using static TorchSharp.torch;

namespace Tmrvc.Models;

/// <summary>What a chain of blocks remembers, one block after the other in one tensor [B, C, frames]; zeros before the first frame.</summary>
internal sealed class StreamState
{
    private readonly Tensor _before;
    private readonly List<Tensor> _after = [];
    private long _read;

    /// <param name="like">[B, …], of the batch, type and device that the state needs.</param>
    /// <exception cref="ArgumentException">The state has another shape.</exception>
    public StreamState(Tensor? state, Tensor like, int channels, int frames)
    {
        long[] shape = [like.shape[0], channels, frames];
        if (state is not null && !state.shape.SequenceEqual(shape))
            throw new ArgumentException($"State is [{string.Join(", ", state.shape)}]: [{string.Join(", ", shape)}] is allowed.", nameof(state));
        _before = state ?? zeros(shape, like.dtype, like.device);
    }

    /// <summary>The next block's part.</summary>
    public Tensor Take(int frames)
    {
        var part = _before.narrow(2, _read, frames);
        _read += frames;
        return part;
    }

    /// <summary>The last frame that the next block saw, [B, C, 1].</summary>
    /// <param name="frames">Of the next block's part.</param>
    public Tensor Latest(int frames) => _before.narrow(2, _read + frames - 1, 1);

    public void Keep(Tensor past) => _after.Add(past);

    /// <summary>[B, C, frames], as the next call takes it.</summary>
    public Tensor After() => cat(_after, 2);
}

/// <summary>What a network gives for some frames, and what it must be handed with those that follow.</summary>
/// <param name="Output">[B, …, T]</param>
/// <param name="State">[B, C, frames of state]</param>
public sealed record Streamed(Tensor Output, Tensor State);
