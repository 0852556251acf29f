using System.Diagnostics;

namespace Tmrvc.Corpora.Tests;

internal static class Inode
{
    /// <summary>Two names of one file have the same.</summary>
    internal static string Of(string path)
    {
        using var stat = Process.Start(new ProcessStartInfo("stat", ["-c", "%d:%i", path]) { RedirectStandardOutput = true })!;
        return stat.StandardOutput.ReadToEnd();
    }
}
