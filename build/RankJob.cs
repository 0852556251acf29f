using System.Runtime.InteropServices;
using Tmrvc.BuildGraph;
using Tmrvc.Training;

namespace Tmrvc.Build;

/// <summary>One of the processes of <c>--nproc</c>. It is asked to stop as often as a terminal likes; only its launcher's end makes it leave at once.</summary>
internal sealed class RankJob(Session session, string order)
{
    private const PosixSignal Usr1 = (PosixSignal)10;

    /// <returns>One of <see cref="ExitCode"/>.</returns>
    public int Run()
    {
        using var stop = new CancellationTokenSource();
        PosixSignal[] signals = OperatingSystem.IsLinux() ? [PosixSignal.SIGTERM, PosixSignal.SIGINT, Usr1] : [PosixSignal.SIGTERM, PosixSignal.SIGINT];
        var registrations = Array.ConvertAll(signals, signal => PosixSignalRegistration.Create(signal, context =>
        {
            context.Cancel = true;
            stop.Cancel();
        }));
        var workplace = session.Workplace;
        var work = RankWork.RunAsync(
            session.Engine.Graph, order, workplace.Variable, cause => cause is LostProcessException, Console.In, workplace.Output, stop.Token);
        var code = work.GetAwaiter().GetResult();
        Array.ForEach(registrations, registration => registration.Dispose());
        return code;
    }
}
