using System.Diagnostics;

namespace Tmrvc.BuildGraph.Tests.Support;

/// <summary>A process that runs the pipeline of tests/Support/GraphWorker in a checkout.</summary>
internal sealed class Worker : IDisposable
{
    private readonly Process _process;
    private readonly Task<string> _output;

    /// <param name="cache">As it is given to <c>--cache</c>; none to share nothing.</param>
    public Worker(Checkout checkout, params string[] cache)
    {
        _process = Process.Start(new ProcessStartInfo("dotnet", [typeof(GraphWorker.Pipeline).Assembly.Location, checkout.Root, .. cache])
        {
            RedirectStandardOutput = true,
        })!;
        _output = _process.StandardOutput.ReadToEndAsync();
    }

    public int Id => _process.Id;

    public bool HasExited => _process.HasExited;

    public void Kill() => _process.Kill();

    public async Task<(int ExitCode, string Output)> EndAsync()
    {
        await _process.WaitForExitAsync();
        return (_process.ExitCode, await _output);
    }

    public void Dispose()
    {
        if (!_process.HasExited)
            _process.Kill();
        _process.Dispose();
    }

    /// <summary>The pipeline's stages as they were started, over all processes.</summary>
    public static IReadOnlyList<string> Started(Checkout checkout) =>
        File.Exists(LogOf(checkout)) ? File.ReadAllLines(LogOf(checkout)) : [];

    /// <summary>Waits until the pipeline's stage has been started in the checkout.</summary>
    public static async Task UntilStartedAsync(Checkout checkout, string stage)
    {
        while (!Started(checkout).Contains(stage))
            await Task.Delay(10);
    }

    private static string LogOf(Checkout checkout) => Path.Combine(checkout.Root, "started.log");

    /// <summary>The lock files' text: keys and hashes of everything.</summary>
    public static string Locks(Checkout checkout) => string.Concat(Directory
        .EnumerateFiles(Path.Combine(checkout.Artifacts, "lock", "smoke"))
        .Order(StringComparer.Ordinal)
        .Select(path => $"{Path.GetFileName(path)}\n{File.ReadAllText(path)}"));
}
