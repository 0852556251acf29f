namespace Tmrvc.ArtifactStore;

internal enum Access
{
    Read,
    Write,
}

/// <summary>What a run has learnt of its access to a store, and the one place that tells it. Safe for several threads.</summary>
/// <param name="isNeeded">Whether the run cannot do without the store; then nobody is told that it goes on.</param>
internal sealed class AccessState(string store, Action<string> warn, TimeProvider clock, bool isNeeded)
{
    private static readonly TimeSpan FirstRest = TimeSpan.FromMinutes(1), LongestRest = TimeSpan.FromMinutes(10);

    private readonly Lock _turn = new();
    private SharedStoreException? _refusal, _writeRefusal, _silence;
    private TimeSpan _rest = TimeSpan.Zero;
    private long _since;

    public bool MayWrite => _refusal is null && _writeRefusal is null;

    /// <exception cref="SharedStoreException">It has failed so before and would again; nothing is to be asked.</exception>
    public void ThrowIfKnownToFail(Access access)
    {
        lock (_turn)
        {
            var fault = _refusal ?? (access == Access.Write ? _writeRefusal : null) ?? (IsResting ? _silence : null);
            if (fault is not null)
                throw new SharedStoreException(fault.Message, fault.Fault);
        }
    }

    public void Answered()
    {
        lock (_turn)
        {
            if (_silence is null)
                return;
            (_silence, _rest) = (null, TimeSpan.Zero);
            warn($"{store}: answers again.");
        }
    }

    public void Failed(Access access, SharedStoreException fault)
    {
        lock (_turn)
            if (fault.Fault == SharedStoreFault.Unreachable)
                Rest(fault);
            else if (access == Access.Write && fault.Fault == SharedStoreFault.NoPermission)
                Refuse(ref _writeRefusal, fault, "Nothing more is written to it by this run.");
            else
                Refuse(ref _refusal, fault, "This run goes on without it.");
    }

    private bool IsResting => _silence is not null && clock.GetElapsedTime(_since) < _rest;

    private void Warn(SharedStoreException fault, string consequence) => warn(isNeeded ? fault.Message : $"{fault.Message} {consequence}");

    private void Refuse(ref SharedStoreException? known, SharedStoreException fault, string consequence)
    {
        if (_refusal is null && _writeRefusal is null)
            Warn(fault, consequence);
        known ??= fault;
    }

    /// <summary>Questions that were under way together fail together; they count once.</summary>
    private void Rest(SharedStoreException fault)
    {
        if (IsResting)
            return;
        if (_silence is null)
            Warn(fault, "This run goes on without it, and asks again now and then.");
        _silence = fault;
        _rest = _rest == TimeSpan.Zero ? FirstRest : _rest * 2 < LongestRest ? _rest * 2 : LongestRest;
        _since = clock.GetTimestamp();
    }
}
