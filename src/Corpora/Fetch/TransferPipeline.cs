using Polly;
using Polly.Retry;
using Polly.Timeout;

namespace Tmrvc.Corpora;

/// <summary>The resilience every network step runs under: retries with growing, jittered pauses.</summary>
internal static class TransferPipeline
{
    /// <summary>With a timeout per attempt.</summary>
    /// <param name="report">Gets a line per failed attempt.</param>
    internal static ResiliencePipeline Create(TransferSettings settings, TimeProvider clock, Action<string> report) =>
        Retrying(settings.Attempts, settings.FirstPauseSeconds, double.MaxValue, clock, report)
            .AddTimeout(TimeSpan.FromSeconds(settings.TimeoutSeconds)).Build();

    /// <summary>Without a timeout, because each read has one; waits as long as the server asks.</summary>
    /// <param name="report">Gets a line per failed attempt.</param>
    internal static ResiliencePipeline Create(RangedTransferSettings settings, TimeProvider clock, Action<string> report) =>
        Retrying(settings.Attempts, settings.FirstPauseSeconds, settings.LongestPauseSeconds, clock, report).Build();

    private static ResiliencePipelineBuilder Retrying(
        int attempts, double firstPause, double longestPause, TimeProvider clock, Action<string> report)
    {
        var builder = new ResiliencePipelineBuilder { TimeProvider = clock };
        if (attempts > 1)
            builder.AddRetry(Retry(attempts, firstPause, longestPause, report));
        return builder;
    }

    private static RetryStrategyOptions Retry(int attempts, double firstPause, double longestPause, Action<string> report) => new()
    {
        MaxRetryAttempts = attempts - 1,
        Delay = TimeSpan.FromSeconds(firstPause),
        MaxDelay = longestPause < TimeSpan.MaxValue.TotalSeconds ? TimeSpan.FromSeconds(longestPause) : null,
        BackoffType = DelayBackoffType.Exponential,
        UseJitter = true,
        ShouldHandle = new PredicateBuilder().Handle<TransferException>().Handle<TimeoutRejectedException>(),
        DelayGenerator = attempt => ValueTask.FromResult((attempt.Outcome.Exception as TransferException)?.RetryAfter),
        OnRetry = attempt =>
        {
            report($"attempt {attempt.AttemptNumber + 1} of {attempts} failed: {attempt.Outcome.Exception!.Message}");
            return ValueTask.CompletedTask;
        },
    };
}
