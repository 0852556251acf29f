namespace Tmrvc.BuildGraph;

/// <summary>Counts one stage while it is on; off at first. Safe for several threads.</summary>
internal sealed class Meter(Action<bool> change) : IDisposable
{
    private bool _isOn;

    public void Start() => Turn(true);

    public void Stop() => Turn(false);

    public void Dispose() => Stop();

    private void Turn(bool isOn)
    {
        if (Interlocked.Exchange(ref _isOn, isOn) != isOn)
            change(isOn);
    }
}
