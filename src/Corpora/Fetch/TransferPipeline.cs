using Polly;
using Polly.Retry;
using Polly.Timeout;

namespace Tmrvc.Corpora;

/// <summary>The resilience every network step runs under: a timeout per attempt, retries with growing, jittered pauses.</summary>
internal static class TransferPipeline
{
    /// <param name="report">Gets a line per failed attempt.</param>
    internal static ResiliencePipeline Create(TransferSettings settings, TimeProvider clock, Action<string> report)
    {
        var builder = new ResiliencePipelineBuilder { TimeProvider = clock };
        if (settings.Attempts > 1)
            builder.AddRetry(Retry(settings, report));
        return builder.AddTimeout(TimeSpan.FromSeconds(settings.TimeoutSeconds)).Build();
    }

    private static RetryStrategyOptions Retry(TransferSettings settings, Action<string> report) => new()
    {
        MaxRetryAttempts = settings.Attempts - 1,
        Delay = TimeSpan.FromSeconds(settings.FirstPauseSeconds),
        BackoffType = DelayBackoffType.Exponential,
        UseJitter = true,
        ShouldHandle = new PredicateBuilder().Handle<TransferException>().Handle<TimeoutRejectedException>(),
        OnRetry = attempt =>
        {
            report($"attempt {attempt.AttemptNumber + 1} of {settings.Attempts} failed: {attempt.Outcome.Exception!.Message}");
            return ValueTask.CompletedTask;
        },
    };
}
