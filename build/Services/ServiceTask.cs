using Cake.Frosting;

namespace Tmrvc.Build.Services;

/// <summary>A target that stands for no stage.</summary>
public abstract class ServiceTask : AsyncFrostingTask<BuildContext>
{
    /// <exception cref="ServiceFailedException">It did not succeed; what went wrong has been shown.</exception>
    public sealed override Task RunAsync(BuildContext context) => context.Faults.TellingAsync(async () =>
    {
        if (!await SucceedsAsync(context.Session, context.Stages.Cancellation))
            throw new ServiceFailedException($"{GetType().Name} failed");
    });

    private protected abstract Task<bool> SucceedsAsync(Session session, CancellationToken cancellation);
}

/// <summary>A service target failed.</summary>
public sealed class ServiceFailedException(string message) : Exception(message);
