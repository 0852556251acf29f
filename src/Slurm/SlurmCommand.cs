using System.ComponentModel;
using System.Diagnostics;

namespace Tmrvc.Slurm;

/// <summary>Runs one of Slurm's programs to its end.</summary>
internal static class SlurmCommand
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private static readonly string[] TransientWords =
        ["timed out", "Unable to contact slurm controller", "Connection refused", "Connection reset", "Zero Bytes", "try again", "temporarily",
        "authentication", "standby mode", "Communication connection failure"];

    /// <summary>By these a user's profile narrows what squeue shows, or sends sbatch to another cluster.</summary>
    private static readonly string[] Narrowing = ["SQUEUE_", "SLURM_CLUSTERS", "SBATCH_CLUSTERS"];

    /// <returns>What it printed.</returns>
    /// <exception cref="SlurmException">It is not installed, took minutes, or failed.</exception>
    public static async Task<string> RunAsync(
        string program, IEnumerable<string> arguments, string input = "", IReadOnlyDictionary<string, string>? variables = null)
    {
        using var process = Start(program, arguments, variables);
        try
        {
            using var limit = new CancellationTokenSource(Patience);
            var (output, errors) = (process.StandardOutput.ReadToEndAsync(limit.Token), process.StandardError.ReadToEndAsync(limit.Token));
            await process.StandardInput.WriteAsync(input);
            process.StandardInput.Close();
            await process.WaitForExitAsync(limit.Token);
            return process.ExitCode == 0 ? await output : throw Failed(program, (await errors).Trim());
        }
        catch (OperationCanceledException cause)
        {
            process.Kill();
            throw new SlurmException($"{program}: no answer within {Patience.TotalSeconds:0} s", cause) { IsTransient = true };
        }
    }

    /// <summary>Whether it was Slurm that failed, not the start of its program.</summary>
    public static bool WasStarted(SlurmException fault) => fault.InnerException is not Win32Exception;

    private static Process Start(string program, IEnumerable<string> arguments, IReadOnlyDictionary<string, string>? variables)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var name in start.Environment.Keys.Where(name => Narrowing.Any(part => name.StartsWith(part, StringComparison.Ordinal))).ToList())
            start.Environment.Remove(name);
        foreach (var (name, value) in variables ?? new Dictionary<string, string>())
            start.Environment[name] = value;
        try
        {
            return Process.Start(start)!;
        }
        catch (Win32Exception cause)
        {
            throw new SlurmException($"{program}: cannot be started ({cause.Message}); run where Slurm's commands are, or without --executor=slurm", cause);
        }
    }

    private static SlurmException Failed(string program, string words) => new(
        $"{program}: {words}{(words.Contains("configuration source") ? " This machine knows no cluster: run where squeue works, or without --executor=slurm" : "")}")
    {
        IsTransient = TransientWords.Any(part => words.Contains(part, StringComparison.OrdinalIgnoreCase)),
    };
}
