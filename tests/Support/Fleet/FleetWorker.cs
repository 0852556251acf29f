using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace Tmrvc.Fleet;

/// <summary>A front door at work on a machine of the fleet, and what its lines tell of it.</summary>
internal sealed partial class FleetWorker : IDisposable
{
    private readonly Process _process;
    private readonly FleetPlan _plan;
    private readonly Stopwatch _watch;
    private readonly ConcurrentQueue<string> _said = [];
    private readonly ConcurrentDictionary<string, Attempt> _working = [];
    private readonly Action<Attempt> _begins;

    /// <param name="watch">Of the fleet.</param>
    /// <param name="begins">Told of each stage that it begins.</param>
    public FleetWorker(FleetPlan plan, FleetMachine machine, Stopwatch watch, Action<Attempt> begins)
    {
        (_plan, Machine, _watch, _begins) = (plan, machine, watch, begins);
        var start = new ProcessStartInfo(plan.Command[0], plan.Command.Skip(1))
        {
            WorkingDirectory = machine.Root,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in machine.Variables)
            start.Environment[name] = value;
        _process = Process.Start(start)!;
        _process.OutputDataReceived += (_, read) => Hear(read.Data);
        _process.ErrorDataReceived += (_, read) => Hear(read.Data);
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    public FleetMachine Machine { get; }

    /// <summary>Null while it is at work.</summary>
    public int? Code => _process.HasExited ? _process.ExitCode : null;

    public string Said => string.Join('\n', _said);

    /// <summary>Notes the checkpoints that are new on the disk.</summary>
    public void Look()
    {
        foreach (var attempt in _working.Values)
            foreach (var folder in Machine.Checkpoints(_plan.Profile, attempt.Stage).SelectMany(path => Directory.EnumerateDirectories(path, "step-*")))
                attempt.Saw(int.Parse(Path.GetFileName(folder)["step-".Length..], CultureInfo.InvariantCulture), _watch.Elapsed);
    }

    /// <summary>SIGKILL.</summary>
    public void Kill()
    {
        _process.Kill();
        _process.WaitForExit();
        foreach (var attempt in _working.Values)
            attempt.End(_watch.Elapsed, isFinished: false);
        _working.Clear();
    }

    public void Dispose()
    {
        if (!_process.HasExited)
            _process.Kill();
        _process.Dispose();
    }

    private void Hear(string? line)
    {
        if (line is null)
            return;
        _said.Enqueue(line);
        if (Spoken().Match(line) is not { Success: true } spoken)
            return;
        var (stage, words) = (spoken.Groups[1].Value, spoken.Groups[2].Value);
        if (words.StartsWith("runs: ", StringComparison.Ordinal))
            _begins(_working[stage] = new Attempt(stage, _watch.Elapsed));
        else if (WentOn().Match(words) is { Success: true } wentOn && _working.TryGetValue(stage, out var resumed))
            resumed.From = int.Parse(wentOn.Groups[1].Value, CultureInfo.InvariantCulture);
        else if (words.StartsWith("done in ", StringComparison.Ordinal) && _working.TryRemove(stage, out var done))
            done.End(_watch.Elapsed, isFinished: true);
    }

    [GeneratedRegex(@"^\[(\w+)\] (.*)$")]
    private static partial Regex Spoken();

    [GeneratedRegex(@"goes on from step (\d+)")]
    private static partial Regex WentOn();
}
