using System.Diagnostics;

namespace Tmrvc.Slurm.Tests.Support;

/// <summary>A front end of tests/Support/SlurmWorker in a checkout.</summary>
internal sealed class Worker : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    private readonly Process _process;
    private readonly List<string> _output = [];

    /// <param name="how">As the worker's Program.cs says: local, or a partition, resubmissions and options.</param>
    public Worker(Checkout checkout, params string[] how) : this(checkout, [], how) { }

    /// <param name="environment">What it finds set beside the cluster's variable.</param>
    public Worker(Checkout checkout, IEnumerable<(string Name, string Value)> environment, params string[] how)
    {
        var start = new ProcessStartInfo("dotnet", [typeof(SlurmWorker.Pipeline).Assembly.Location, checkout.Root, .. how])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in environment.Append(Clusters.Shared.Variable))
            start.Environment[name] = value;
        _process = Process.Start(start)!;
        _process.OutputDataReceived += (_, line) => Take(line.Data);
        _process.ErrorDataReceived += (_, line) => Take(line.Data);
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    public void Kill() => _process.Kill();

    /// <summary>SIGTERM.</summary>
    public void Terminate() => Process.Start("kill", ["-TERM", $"{_process.Id}"]).WaitForExit();

    /// <summary>Waits until it has said so, so many times.</summary>
    public async Task UntilAsync(string words, int times = 1)
    {
        for (var watch = Stopwatch.StartNew(); Said.Split(words).Length <= times; await Task.Delay(20))
            if (watch.Elapsed > Patience || _process.HasExited)
                throw new AssertionException($"'{words}' was not said:\n{Said}");
    }

    public async Task<WorkerEnd> EndAsync()
    {
        using var limit = new CancellationTokenSource(Patience);
        await _process.WaitForExitAsync(limit.Token);
        return new WorkerEnd(_process.ExitCode, Said);
    }

    public void Dispose()
    {
        if (!_process.HasExited)
            _process.Kill();
        _process.Dispose();
    }

    private string Said
    {
        get
        {
            lock (_output)
                return string.Join('\n', _output);
        }
    }

    private void Take(string? line)
    {
        if (line is not null)
            lock (_output)
                _output.Add(line);
    }
}

internal sealed record WorkerEnd(int Code, string Output)
{
    /// <summary>The same, once its exit code is as expected.</summary>
    public WorkerEnd With(int code)
    {
        Assert.That(Code, Is.EqualTo(code), $"exit code; it said:\n{Output}");
        return this;
    }
}
