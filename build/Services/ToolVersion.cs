using System.ComponentModel;

namespace Tmrvc.Build.Services;

/// <summary>Asks a program for its version.</summary>
internal static class ToolVersion
{
    /// <returns>The first line that it prints; null when it is not there or fails.</returns>
    public static async Task<string?> FindAsync(string[] command, CancellationToken cancellation)
    {
        var lines = new List<string>();
        try
        {
            return await ChildProcess.RunAsync(Path.GetTempPath(), command, lines.Add, cancellation) == 0 ? lines.FirstOrDefault() : null;
        }
        catch (Win32Exception)
        {
            return null;
        }
    }
}
