using System.Diagnostics;
using System.Text;

namespace Tmrvc.BuildGraph;

/// <summary>Asks the <c>git</c> program about a checkout. Changes nothing, fetches nothing and asks the user nothing.</summary>
/// <param name="root">Absolute path of a folder within the checkout.</param>
internal sealed class Git(string root)
{
    /// <param name="input">What the program reads.</param>
    /// <returns>What it writes.</returns>
    /// <exception cref="GitException">There is no git, or it refuses; with its words.</exception>
    public async Task<byte[]> AskAsync(IEnumerable<string> arguments, string input, CancellationToken cancellation)
    {
        using var process = Start([.. arguments]);
        await using var end = cancellation.Register(() => process.Kill());
        var output = ReadAsync(process.StandardOutput.BaseStream);
        var errors = process.StandardError.ReadToEndAsync(CancellationToken.None);
        await FeedAsync(process, input);
        var answer = await output;
        await process.WaitForExitAsync(CancellationToken.None);
        cancellation.ThrowIfCancellationRequested();
        return process.ExitCode == 0
            ? answer
            : throw new GitException($"git {string.Join(' ', arguments)} in {root} ended with {process.ExitCode}: {(await errors).Trim()}");
    }

    /// <returns>What it writes, line by line.</returns>
    /// <exception cref="GitException"/>
    public async Task<string[]> LinesAsync(IEnumerable<string> arguments, string input, CancellationToken cancellation) =>
        Encoding.UTF8.GetString(await AskAsync(arguments, input, cancellation)).Split('\n', StringSplitOptions.RemoveEmptyEntries);

    private Process Start(string[] arguments)
    {
        try
        {
            return Process.Start(new ProcessStartInfo("git", ["-C", root, .. arguments])
            {
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
                Environment = { ["GIT_TERMINAL_PROMPT"] = "0" },
            })!;
        }
        catch (System.ComponentModel.Win32Exception cause)
        {
            throw new GitException($"git: cannot be started ({cause.Message}). Install it.");
        }
    }

    private static async Task<byte[]> ReadAsync(Stream stream)
    {
        using var all = new MemoryStream();
        await stream.CopyToAsync(all, CancellationToken.None);
        return all.ToArray();
    }

    private static async Task FeedAsync(Process process, string input)
    {
        try
        {
            await process.StandardInput.BaseStream.WriteAsync(Encoding.UTF8.GetBytes(input), CancellationToken.None);
            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // It ended without reading everything; its exit code and words tell why.
        }
    }
}

/// <summary>Git cannot be asked.</summary>
public sealed class GitException(string message) : Exception(message);
