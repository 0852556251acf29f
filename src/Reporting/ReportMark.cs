using System.Security.Cryptography;
using System.Text;
using Tmrvc.BuildGraph;

namespace Tmrvc.Reporting;

/// <summary>
/// Names what a page shows, in its first line: the page's code and, per stage, key, outputs and whether it is done.
/// Times and reasons are left out, so a run that does nothing finds its report already written.
/// </summary>
internal static class ReportMark
{
    private const int LongestFirstLine = 200;

    public static string Of(RunLedger ledger)
    {
        var text = new StringBuilder($"report\0{ReportAssets.Version}\0{ledger.Profile}\0{ledger.Revision}\0{ledger.Result}\n");
        foreach (var stage in ledger.Stages)
        {
            text.Append($"{stage.Id}\0{stage.Key}\0{Standing(stage.State)}");
            foreach (var output in stage.Outputs)
                text.Append($"\0{output.Name}\0{output.Sha256}");
            text.Append('\n');
        }
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())));
    }

    /// <summary>Fresh, restored and run stages have the same artifacts.</summary>
    private static string Standing(StageState state) =>
        state is StageState.Fresh or StageState.Restored or StageState.Ran ? "done" : state.ToString();

    /// <summary>Whether the page at <paramref name="path"/> carries the mark.</summary>
    public static bool Stands(string path, string mark)
    {
        if (!File.Exists(path))
            return false;
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
        Span<byte> start = stackalloc byte[LongestFirstLine];
        var count = stream.ReadAtLeast(start, start.Length, throwOnEndOfStream: false);
        return start[..count].IndexOf(Encoding.ASCII.GetBytes(mark)) >= 0;
    }
}
