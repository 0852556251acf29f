using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;

namespace Tmrvc.EndToEnd.Harness;

/// <summary>A running front door: its lines as they come, and ways to disturb it.</summary>
internal sealed class FrontDoorProcess : IDisposable
{
    private const int TerminationSignal = 15;

    private readonly Process _process;
    private readonly TimeSpan _patience;
    private readonly Stopwatch _watch = Stopwatch.StartNew();
    private readonly List<string> _output = [];
    private readonly List<string> _errors = [];

    private FrontDoorProcess(ProcessStartInfo start, TimeSpan patience)
    {
        _patience = patience;
        _process = Process.Start(start) ?? throw new InvalidOperationException($"{start.FileName}: did not start.");
        _process.OutputDataReceived += (_, read) => Take(_output, read.Data);
        _process.ErrorDataReceived += (_, read) => Take(_errors, read.Data);
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    public bool HasEnded => _process.HasExited;

    /// <param name="command">The program and its arguments.</param>
    /// <param name="root">What the front door takes for its checkout.</param>
    /// <param name="variables">Of its environment, beside what it inherits.</param>
    public static FrontDoorProcess Start(
        IReadOnlyList<string> command, string root, TimeSpan patience, IReadOnlyDictionary<string, string>? variables = null)
    {
        var start = new ProcessStartInfo(command[0], command.Skip(1))
        {
            WorkingDirectory = root,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["TMRVC_ROOT"] = root;
        start.Environment["TMRVC_PACKAGE_SET"] = Checkout.PackageSet;
        start.Environment.Remove("TMRVC_CACHE");
        foreach (var (name, value) in variables ?? new Dictionary<string, string>())
            start.Environment[name] = value;
        return new FrontDoorProcess(start, patience);
    }

    /// <summary>SIGKILL: nothing is saved and nothing is cleaned up.</summary>
    public void Kill() => _process.Kill();

    /// <summary>SIGTERM.</summary>
    public void Terminate() => Assert.That(Signal(_process.Id, TerminationSignal), Is.Zero, "SIGTERM could not be sent");

    /// <summary>Waits until the condition holds or the process has ended.</summary>
    /// <returns>Whether it holds.</returns>
    public bool WaitUntil(Func<bool> condition)
    {
        while (!condition())
        {
            if (_process.HasExited)
                return condition();
            RequirePatience();
            Thread.Sleep(5);
        }
        return true;
    }

    /// <summary>Waits for the end.</summary>
    /// <returns>Whether it came within the time.</returns>
    public bool WaitForEnd(TimeSpan time) => _process.WaitForExit(time);

    public FinishedRun Finish()
    {
        while (!_process.WaitForExit(TimeSpan.FromMilliseconds(100)))
            RequirePatience();
        _process.WaitForExit(); // until both streams are read to their end
        lock (_output)
            return new FinishedRun(_process.ExitCode, [.. _output], [.. _errors], _watch.Elapsed);
    }

    public void Dispose()
    {
        if (!_process.HasExited)
            _process.Kill(entireProcessTree: true);
        _process.Dispose();
    }

    private void Take(List<string> lines, string? line)
    {
        if (line is not null)
            lock (_output)
                lines.Add(line);
    }

    private void RequirePatience()
    {
        if (_watch.Elapsed < _patience)
            return;
        _process.Kill(entireProcessTree: true);
        lock (_output)
            throw new AssertionException(string.Create(CultureInfo.InvariantCulture,
                $"The front door was still running after {_patience.TotalSeconds:0} s:\n{string.Join('\n', _output.Concat(_errors))}"));
    }

    [DllImport("libc", EntryPoint = "kill")]
    private static extern int Signal(int process, int signal);
}
