using System.Runtime.InteropServices;
using Tmrvc.BuildGraph;
using Tmrvc.Features;
using TorchSharp;
using static TorchSharp.torch;

namespace Tmrvc.Training;

/// <summary>
/// The processes that train one model, as one of them sees them. All have the same weights after each step, for they began with those of rank 0 and
/// add up the same gradients. A group of one does nothing.
/// </summary>
internal sealed class TrainingGroup : IDisposable
{
    public static readonly TrainingGroup Alone = new(new(0, 1, ""), CPU, collectives: null, TimeProvider.System);

    private readonly RankPlace _place;
    private readonly Device _device;
    private readonly ICollectives? _collectives;
    private readonly TimeProvider _clock;

    private TrainingGroup(RankPlace place, Device device, ICollectives? collectives, TimeProvider clock) =>
        (_place, _device, _collectives, _clock) = (place, device, collectives, clock);

    public int Size => _place.Size;

    /// <summary>Whether this is the one that validates and writes.</summary>
    public bool IsFirst => _place.Rank == 0;

    public BatchShare Share => new(_place.Rank, _place.Size);

    public CommunicationTime Time { get; } = new();

    /// <summary>Waits until all are there.</summary>
    /// <exception cref="LostProcessException">They did not come.</exception>
    public static TrainingGroup Join(RankPlace? place, Device device, TimeProvider clock)
    {
        if (place is null or { Size: 1 }) return Alone;
        return new(place, device, Attempt(place, () => C10d.Join(place, device)), clock);
    }

    /// <summary>Of each value the sum over all processes.</summary>
    /// <exception cref="LostProcessException"/>
    public double[] Sum(double[] values)
    {
        if (_collectives is null) return values;
        var begun = _clock.GetTimestamp();
        var sums = Exchanged(values, _collectives.Sum);
        Time.Waited(_clock.GetElapsedTime(begun).TotalSeconds);
        return sums;
    }

    /// <exception cref="LostProcessException"/>
    public bool Any(bool here) => Sum([here ? 1 : 0])[0] > 0;

    /// <summary>Rank 0's values, in every process.</summary>
    /// <exception cref="LostProcessException"/>
    public double[] Told(double[] values) => _collectives is null ? values : Exchanged(values, _collectives.Spread);

    /// <summary>Puts rank 0's values into the tensors of every process.</summary>
    /// <exception cref="LostProcessException"/>
    public void Spread(IEnumerable<Tensor> tensors)
    {
        if (_collectives is not { } collectives) return;
        using var _ = no_grad();
        foreach (var tensor in tensors) Attempt(_place, () => { collectives.Spread(tensor); return 0; });
    }

    /// <returns>Null where there is nothing to be summed.</returns>
    public IGradientSums? SumsOf(nn.Module network) =>
        _collectives?.SumsOf([.. network.parameters().Where(parameter => parameter.requires_grad)]);

    /// <summary>Waits for the sums of the gradients.</summary>
    /// <exception cref="LostProcessException"/>
    public void End(IGradientSums sums) => Time.Travelled(Attempt(_place, sums.End));

    public void Dispose() => _collectives?.Dispose();

    private double[] Exchanged(double[] values, Action<Tensor> exchange)
    {
        using var scope = NewDisposeScope();
        var exchanged = tensor(values, [values.Length], device: _device);
        Attempt(_place, () => { exchange(exchanged); return 0; });
        return exchanged.cpu().data<double>().ToArray();
    }

    private static T Attempt<T>(RankPlace place, Func<T> together)
    {
        try
        {
            return together();
        }
        catch (ExternalException cause)
        {
            throw new LostProcessException(place, cause);
        }
    }
}
