using System.Diagnostics;

namespace Tmrvc.Benchmarks;

/// <summary>Runs a program from start to exit.</summary>
/// <param name="Arguments">The program first.</param>
internal sealed record WholeProcess(string Folder, params string[] Arguments)
{
    /// <summary>Variables that the program sees beside, or in place of, those of this process.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();

    /// <returns>Wall-clock milliseconds, and what it printed.</returns>
    /// <exception cref="InvalidOperationException">It failed, or is not installed.</exception>
    public async Task<(double Milliseconds, string Output)> RunAsync(CancellationToken cancellation)
    {
        var started = Stopwatch.GetTimestamp();
        var start = new ProcessStartInfo(Arguments[0], Arguments[1..])
        {
            WorkingDirectory = Folder, RedirectStandardOutput = true, RedirectStandardError = true,
        };
        foreach (var (name, value) in Environment)
            start.Environment[name] = value;
        using var process = Process.Start(start)!;
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(cancellation), process.StandardError.ReadToEndAsync(cancellation));
        await process.WaitForExitAsync(cancellation);
        var took = Stopwatch.GetElapsedTime(started).TotalMilliseconds;
        var printed = await output + await errors;
        return process.ExitCode == 0
            ? (took, printed)
            : throw new InvalidOperationException($"{string.Join(' ', Arguments)}: exit code {process.ExitCode}.\n{printed}");
    }
}
