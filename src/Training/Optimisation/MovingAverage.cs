using static TorchSharp.torch;

namespace Tmrvc.Training;

/// <summary>
/// Exponential moving average of a network's parameters. Its decay rises with the updates, min(decay, (1 + n) / (10 + n)),
/// so that a short phase does not end on its own initial weights.
/// </summary>
public sealed class MovingAverage : IDisposable
{
    private readonly double _decay;
    private readonly FlatTensors? _averages;
    private readonly IReadOnlyList<string> _names;
    private readonly IReadOnlyList<(Tensor Live, Tensor Average)> _entries;

    /// <param name="decay">From 0 (the average is the latest value) up to, not including, 1.</param>
    public MovingAverage(nn.Module network, double decay) : this(network, decay, flat: null)
    {
    }

    internal MovingAverage(nn.Module network, double decay, FlatParameters? flat)
    {
        using var _ = no_grad();
        _decay = decay;
        _averages = flat?.Alike();
        _averages?.Whole.copy_(flat!.Values);
        var parameters = network.named_parameters().ToList();
        _names = [.. parameters.Select(p => p.name)];
        _entries = _averages is not null
            ? [(flat!.Values, _averages.Whole)]
            : [.. parameters.Select(p => ((Tensor)p.parameter, p.parameter.detach().clone().DetachFromDisposeScope()))];
    }

    public IEnumerable<(string Name, Tensor Value)> Values => _names.Zip(_averages?.Parts ?? _entries.Select(entry => entry.Average));

    /// <param name="update">Counted from 1.</param>
    public void Update(long update)
    {
        var weight = 1 - Math.Min(_decay, (1.0 + update) / (10.0 + update));
        using var _ = no_grad();
        using var scope = NewDisposeScope();
        foreach (var (live, average) in _entries) average.lerp_(live, (float)weight);
    }

    /// <summary>Puts the averages into the network until the result is disposed, which restores the live weights.</summary>
    public IDisposable Applied()
    {
        Exchange();
        return new Restoration(this);
    }

    public void Dispose()
    {
        foreach (var (_, average) in _entries) average.Dispose();
        _averages?.Dispose();
    }

    private void Exchange()
    {
        using var _ = no_grad();
        foreach (var (live, average) in _entries)
        {
            using var kept = live.detach().clone();
            live.copy_(average);
            average.copy_(kept);
        }
    }

    private sealed class Restoration(MovingAverage average) : IDisposable
    {
        public void Dispose() => average.Exchange();
    }
}
