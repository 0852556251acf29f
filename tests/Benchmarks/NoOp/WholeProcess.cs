using System.Diagnostics;

namespace Tmrvc.Benchmarks.NoOp;

/// <summary>Runs a program from start to exit.</summary>
/// <param name="Arguments">The program first.</param>
internal sealed record WholeProcess(string Folder, params string[] Arguments)
{
    /// <returns>Wall-clock milliseconds, and what it printed.</returns>
    /// <exception cref="InvalidOperationException">It failed, or is not installed.</exception>
    public async Task<(double Milliseconds, string Output)> RunAsync(CancellationToken cancellation)
    {
        var started = Stopwatch.GetTimestamp();
        using var process = Process.Start(new ProcessStartInfo(Arguments[0], Arguments[1..])
        {
            WorkingDirectory = Folder, RedirectStandardOutput = true, RedirectStandardError = true,
        })!;
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(cancellation), process.StandardError.ReadToEndAsync(cancellation));
        await process.WaitForExitAsync(cancellation);
        var took = Stopwatch.GetElapsedTime(started).TotalMilliseconds;
        var printed = await output + await errors;
        return process.ExitCode == 0
            ? (took, printed)
            : throw new InvalidOperationException($"{string.Join(' ', Arguments)}: exit code {process.ExitCode}.\n{printed}");
    }
}
