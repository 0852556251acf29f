using System.Diagnostics;

namespace Tmrvc.Build.Services;

/// <summary>Runs a program and passes its lines on as they come.</summary>
internal static class ChildProcess
{
    /// <returns>The exit code.</returns>
    /// <exception cref="OperationCanceledException">Cancelled; the program and its children were ended.</exception>
    public static async Task<int> RunAsync(
        string folder, IEnumerable<string> command, Action<string> line, CancellationToken cancellation)
    {
        string[] words = [.. command];
        var start = new ProcessStartInfo(words[0], words[1..])
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["DOTNET_CLI_TELEMETRY_OPTOUT"] = "1";
        using var process = Process.Start(start) ?? throw new InvalidOperationException($"{words[0]}: did not start.");
        process.OutputDataReceived += (_, read) => Pass(read.Data);
        process.ErrorDataReceived += (_, read) => Pass(read.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        await using var end = cancellation.Register(() => process.Kill(entireProcessTree: true));
        await process.WaitForExitAsync(CancellationToken.None);
        cancellation.ThrowIfCancellationRequested();
        return process.ExitCode;

        void Pass(string? text)
        {
            if (text is not null)
                lock (process)
                    line(text);
        }
    }
}
