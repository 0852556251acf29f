using System.Collections.Concurrent;

namespace Tmrvc.Corpora;

/// <summary>Lends objects that serve one thread at a time; as many are made as are in use together.</summary>
public sealed class InstancePool<T>(Func<T> create)
{
    private readonly ConcurrentBag<T> _idle = [];

    public TResult Use<TResult>(Func<T, TResult> work)
    {
        var instance = _idle.TryTake(out var idle) ? idle : create();
        try
        {
            return work(instance);
        }
        finally
        {
            _idle.Add(instance);
        }
    }
}
