using System.ComponentModel;
using System.Diagnostics;

namespace Tmrvc.Corpora;

/// <summary>Runs a program to its end and keeps what it says.</summary>
internal static class ExternalProgram
{
    internal sealed record Result(int ExitCode, string StandardError);

    /// <returns>Null when there is no such program on this machine.</returns>
    /// <exception cref="OperationCanceledException">Cancelled; the program and its children were ended.</exception>
    internal static async Task<Result?> RunAsync(
        string name, string workingFolder, IEnumerable<string> arguments, CancellationToken cancellation)
    {
        var start = new ProcessStartInfo(name, arguments)
        {
            WorkingDirectory = workingFolder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { ["LC_ALL"] = "C.UTF-8", ["DEBIAN_FRONTEND"] = "noninteractive" },
        };
        using var process = Start(start);
        return process is null ? null : await WaitAsync(process, cancellation);
    }

    private static Process? Start(ProcessStartInfo start)
    {
        try
        {
            return Process.Start(start);
        }
        catch (Win32Exception)
        {
            return null;
        }
    }

    private static async Task<Result> WaitAsync(Process process, CancellationToken cancellation)
    {
        try
        {
            process.StandardInput.Close();
            var output = process.StandardOutput.ReadToEndAsync(cancellation);
            var error = process.StandardError.ReadToEndAsync(cancellation);
            await process.WaitForExitAsync(cancellation);
            await output;
            return new Result(process.ExitCode, await error);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }
    }
}
