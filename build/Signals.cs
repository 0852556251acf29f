using System.Runtime.InteropServices;

namespace Tmrvc.Build;

/// <summary>Turns the first SIGTERM, SIGINT or SIGUSR1 into a cancellation, so that running stages can save. A second one ends the process at once.</summary>
internal sealed class Signals : IDisposable
{
    /// <summary>How Slurm announces the end of a job's time; Linux's number, for .NET has no name for it.</summary>
    private const PosixSignal Usr1 = (PosixSignal)10;

    private readonly CancellationTokenSource _source = new();
    private readonly PosixSignalRegistration[] _registrations;

    public Signals(TextWriter errors) => _registrations =
    [
        PosixSignalRegistration.Create(PosixSignal.SIGTERM, signal => Receive(signal, errors)),
        PosixSignalRegistration.Create(PosixSignal.SIGINT, signal => Receive(signal, errors)),
        .. OperatingSystem.IsLinux() ? [PosixSignalRegistration.Create(Usr1, signal => Receive(signal, errors))] : Array.Empty<PosixSignalRegistration>(),
    ];

    public CancellationToken Cancellation => _source.Token;

    public void Dispose()
    {
        foreach (var registration in _registrations)
            registration.Dispose();
        _source.Dispose();
    }

    private void Receive(PosixSignalContext signal, TextWriter errors)
    {
        if (_source.IsCancellationRequested)
            return;
        signal.Cancel = true;
        errors.WriteLine($"{(signal.Signal == Usr1 ? "SIGUSR1" : signal.Signal)}: saving; the same command goes on from here. Once more ends at once, without saving.");
        _source.Cancel();
    }
}
