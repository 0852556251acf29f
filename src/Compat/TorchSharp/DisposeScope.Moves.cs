namespace TorchSharp;

public sealed partial class DisposeScope
{
    public T MoveToOuter<T>(T disposable) where T : IDisposable => MoveToOther(outer, disposable);

    public T MoveToOther<T>(DisposeScope? scope, T disposable) where T : IDisposable
    {
        if (!Open().disposables.Remove(disposable)) return disposable;
        scope?.disposables.Add(disposable);
        SetOwner(disposable, scope);
        return disposable;
    }

    public T Detach<T>(T disposable) where T : IDisposable => MoveToOther(null, disposable);

    public void Attach(IDisposable disposable)
    {
        torch.Tensor tensor = Managed(disposable);
        tensor.OwningDisposeScope?.disposables.Remove(tensor);
        Open().disposables.Add(tensor);
        tensor.OwningDisposeScope = this;
    }
}

public static partial class torch
{
    public static DisposeScope NewDisposeScope() => DisposeScope.Enter();
}
