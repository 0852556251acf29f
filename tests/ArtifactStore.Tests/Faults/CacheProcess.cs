using System.Diagnostics;
using Tmrvc.Azurite;
using Tmrvc.CacheWorker;

namespace Tmrvc.ArtifactStore.Tests.Faults;

/// <summary>A process that moves a set, to be killed or deprived. What it says is searched for secrets.</summary>
internal sealed class CacheProcess : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly FaultyContainer _shared;
    private readonly Process _process;
    private readonly Task<string> _output;

    private CacheProcess(FaultyContainer shared, Process process) =>
        (_shared, _process, _output) = (shared, process, process.StandardOutput.ReadToEndAsync());

    private static string Program => typeof(SetFile).Assembly.Location;

    /// <param name="what">push or pull.</param>
    /// <param name="machine">Folder of a local store.</param>
    /// <param name="wrapper">A program and arguments that end by running a command.</param>
    public static CacheProcess Start(FaultyContainer shared, string what, string machine, EntrySet set, params string[] wrapper)
    {
        var file = shared.PathOf("set");
        SetFile.Write(file, set);
        string[] command = [.. wrapper, "dotnet", Program, what, machine, file];
        var start = new ProcessStartInfo(command[0], command[1..]) { RedirectStandardOutput = true };
        start.Environment["AZURE_STORAGE_CONNECTION_STRING"] = shared.Server.ConnectionStringAt(shared.Proxy.Address);
        start.Environment["TMRVC_CACHE"] = shared.Container.Name;
        return new CacheProcess(shared, Process.Start(start)!);
    }

    /// <summary>kill -9 at the moment at which the proxy has shown its first fault.</summary>
    /// <returns>Whether that moment came before the end.</returns>
    public async Task<bool> KillAtFaultAsync()
    {
        var watch = Stopwatch.StartNew();
        while (_shared.Proxy.Injected.Count == 0 && !_process.HasExited)
        {
            Assert.That(watch.Elapsed, Is.LessThan(Patience));
            await Task.Delay(5);
        }
        _process.Kill();
        await EndAsync();
        return _shared.Proxy.Injected.Count > 0;
    }

    public async Task<(int Code, string Output)> EndAsync()
    {
        await _process.WaitForExitAsync().WaitAsync(Patience);
        _shared.Hear(await _output);
        return (_process.ExitCode, await _output);
    }

    public void Dispose()
    {
        if (!_process.HasExited)
            _process.Kill(entireProcessTree: true);
        _process.Dispose();
    }
}
