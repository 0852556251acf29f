namespace Tmrvc.Training.Tests.Support;

/// <summary>A minute passes each time it is looked at, so that progress is reported at every step.</summary>
public sealed class RacingClock : TimeProvider
{
    private long _looks;

    public override long TimestampFrequency => 1;

    public override long GetTimestamp() => 60 * Interlocked.Increment(ref _looks);
}
