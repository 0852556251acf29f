using Azure;
using Polly;
using Polly.Retry;

namespace Tmrvc.ArtifactStore.Blobs;

/// <summary>
/// Every request goes through here: retries with growing, jittered pauses or those that the server asks for, a limit per try, and errors
/// that leave as <see cref="SharedStoreException"/> and in no other way.
/// </summary>
internal sealed class BlobCalls
{
    private readonly string _store;
    private readonly BlobStoreSettings _settings;
    private readonly TimeProvider _clock;
    private readonly ResiliencePipeline _pipeline;
    private volatile bool _hasAnswered;

    public BlobCalls(string store, BlobStoreSettings settings, TimeProvider clock)
    {
        (_store, _settings, _clock) = (store, settings, clock);
        var builder = new ResiliencePipelineBuilder { TimeProvider = clock };
        if (settings.Attempts > 1)
            builder.AddRetry(Retry());
        _pipeline = builder.Build();
    }

    /// <summary>Asks something that may be refused: a blob that is not there, a condition that does not hold.</summary>
    /// <param name="what">What is being done, for the message: <c>reading record 0123456789ab</c>.</param>
    /// <exception cref="SharedStoreException"/>
    /// <exception cref="WrongBodyException">What came was wrong at every try.</exception>
    public async Task<Answer<T>> AskAsync<T>(string what, Func<Attempt, Task<T>> call, CancellationToken cancellation)
    {
        try
        {
            return new(await _pipeline.ExecuteAsync(token => TryAsync(call, token), cancellation).ConfigureAwait(false), null);
        }
        catch (RequestFailedException refused) when (Refusals.Of(refused) is { } refusal)
        {
            return new(default!, refusal);
        }
        catch (Exception cause) when (StoreFaults.Concerns(cause))
        {
            throw StoreFaults.Describe(_store, what, cause, _hasAnswered);
        }
    }

    /// <summary>Asks something that has no reason to be refused.</summary>
    /// <exception cref="SharedStoreException"/>
    public async Task<T> RunAsync<T>(string what, Func<Attempt, Task<T>> call, CancellationToken cancellation)
    {
        var answer = await AskAsync(what, call, cancellation).ConfigureAwait(false);
        return answer.IsValue ? answer.Value : throw Refused(what, answer.Refusal!);
    }

    /// <param name="code">The server's.</param>
    public SharedStoreException Refused(string what, string code) => StoreFaults.Refused(_store, what, code);

    private async ValueTask<T> TryAsync<T>(Func<Attempt, Task<T>> call, CancellationToken cancellation)
    {
        using var attempt = new Attempt(_settings.Stall, _clock, cancellation);
        try
        {
            var result = await call(attempt).ConfigureAwait(false);
            _hasAnswered = true;
            return result;
        }
        catch (RequestFailedException refused) when (refused.Status > 0)
        {
            _hasAnswered = true;
            throw;
        }
        catch (Exception) when (attempt.HasStalled && !cancellation.IsCancellationRequested)
        {
            throw new TimeoutException($"nothing moved for {_settings.Stall.TotalSeconds:0.#} s");
        }
    }

    private RetryStrategyOptions Retry() => new()
    {
        MaxRetryAttempts = _settings.Attempts - 1,
        Delay = _settings.FirstPause,
        MaxDelay = _settings.LongestPause,
        BackoffType = DelayBackoffType.Exponential,
        UseJitter = true,
        ShouldHandle = failed => ValueTask.FromResult(IsWorthAnotherTry(failed.Outcome.Exception, failed.AttemptNumber)),
        DelayGenerator = failed => ValueTask.FromResult(PauseAfter(failed.Outcome.Exception)),
    };

    private bool IsWorthAnotherTry(Exception? failure, int tries) =>
        failure is WrongBodyException ||
        (Refusals.IsTransient(failure) && (_hasAnswered || tries + 1 < _settings.FirstAttempts));

    /// <returns>Null for the usual pause.</returns>
    private TimeSpan? PauseAfter(Exception? failure) => failure switch
    {
        WrongBodyException => TimeSpan.Zero,
        RequestFailedException refused when Refusals.RetryAfter(refused, _clock) is { } asked =>
            asked < _settings.LongestPause ? asked : _settings.LongestPause,
        _ => null,
    };
}
