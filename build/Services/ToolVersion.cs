using System.ComponentModel;

namespace Tmrvc.Build.Services;

/// <summary>Asks a program for its version.</summary>
internal static class ToolVersion
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <returns>The first line that it prints; null when it is not there, fails or does not answer.</returns>
    public static async Task<string?> FindAsync(string[] command, CancellationToken cancellation)
    {
        var lines = new List<string>();
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(Patience);
        try
        {
            return await ChildProcess.RunAsync(Path.GetTempPath(), command, lines.Add, limit.Token) == 0 ? lines.FirstOrDefault() : null;
        }
        catch (Win32Exception)
        {
            return null;
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return null;
        }
    }
}
