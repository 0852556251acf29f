using System.Diagnostics;

namespace Tmrvc.Benchmarks.Transfer;

/// <summary>A process that moves one set, round by round: <see cref="TransferChild"/> seen from outside.</summary>
internal sealed class TransferProcess : IDisposable
{
    private readonly Process _process;

    /// <param name="store">Folder of the store that has the set.</param>
    /// <param name="setFile">Names the set.</param>
    public TransferProcess(string store, string setFile) => _process = Process.Start(
        new ProcessStartInfo("dotnet", [typeof(TransferProcess).Assembly.Location, TransferChild.Verb, store, setFile])
        {
            RedirectStandardInput = true, RedirectStandardOutput = true,
        })!;

    /// <exception cref="InvalidOperationException">The process has ended; what it had to say is on the error stream.</exception>
    public async Task<Measured> RunAsync(Round round, CancellationToken cancellation)
    {
        await _process.StandardInput.WriteLineAsync(round.ToString());
        await _process.StandardInput.FlushAsync(cancellation);
        return await _process.StandardOutput.ReadLineAsync(cancellation) is { } line
            ? Measured.Parse(line)
            : throw new InvalidOperationException($"Transfer, {round.Way}: the process ended before it had moved anything.");
    }

    public void Dispose()
    {
        if (!_process.HasExited)
            _process.Kill();
        _process.Dispose();
    }
}
