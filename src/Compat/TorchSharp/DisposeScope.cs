namespace TorchSharp;

/// <summary>
/// Disposes every tensor made on its thread while it is the innermost scope, except those moved out or detached.
/// Scopes nest per thread.
/// </summary>
public sealed partial class DisposeScope : IDisposable
{
    [ThreadStatic]
    private static DisposeScope? current;

    private HashSet<IDisposable> disposables = new(ReferenceEqualityComparer.Instance);
    private DisposeScope? outer;
    private bool disposed;

    private DisposeScope() => outer = current;

    public void DisposeEverything() => DisposeEverythingBut(Array.Empty<IDisposable>());

    public void DisposeEverythingBut(params IDisposable[] keep) => DisposeEverythingBut((IEnumerable<IDisposable>)keep);

    public void DisposeEverythingBut(IEnumerable<IDisposable> inKeep)
    {
        var kept = new HashSet<IDisposable>(inKeep, ReferenceEqualityComparer.Instance);
        var all = Open().disposables;
        disposables = kept;
        foreach (IDisposable disposable in all)
        {
            if (!kept.Contains(disposable)) disposable.Dispose();
        }
    }

    public void MarkAsDisposed(IDisposable disposable)
    {
        Open().disposables.Remove(disposable);
        SetOwner(disposable, null);
    }

    public void Dispose()
    {
        if (disposed) return;
        DisposeEverything();
        disposed = true;
        Unlink();
    }

    internal static DisposeScope Enter() => current = new DisposeScope();

    /// <summary>Puts a new tensor into the innermost scope of this thread, if there is one.</summary>
    internal static DisposeScope? Register(IDisposable disposable)
    {
        current?.disposables.Add(disposable);
        return current;
    }

    /// <summary>Scopes may be disposed out of order: the chain closes over the gap.</summary>
    private void Unlink()
    {
        if (current == this) current = outer;
        for (DisposeScope? scope = current; scope is not null; scope = scope.outer)
        {
            if (scope.outer == this) scope.outer = outer;
        }
    }

    private DisposeScope Open()
    {
        ObjectDisposedException.ThrowIf(disposed, this);
        return this;
    }

    private static void SetOwner(IDisposable disposable, DisposeScope? owner) => Managed(disposable).OwningDisposeScope = owner;

    private static torch.Tensor Managed(IDisposable disposable) => disposable as torch.Tensor
        ?? throw new InvalidOperationException(
            $"DisposeScope: {disposable.GetType()} cannot be owned by a scope, only tensors can.");
}
