namespace Tmrvc.ArtifactStore.Tests.Support;

/// <summary>A clock whose stopwatch moves by hand; its timers run as everywhere.</summary>
internal sealed class SteppedClock : TimeProvider
{
    private long _ticks;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => Interlocked.Read(ref _ticks);

    public void Step(TimeSpan time) => Interlocked.Add(ref _ticks, time.Ticks);
}
