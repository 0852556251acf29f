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
        var text = new StringBuilder("report");
        Append(ReportAssets.Version.ToString(), ledger.Profile, ledger.Revision, ledger.Result.ToString());
        foreach (var stage in ledger.Stages)
        {
            text.Append('\n');
            Append(stage.Id, stage.Key, Standing(stage.State));
            foreach (var output in stage.Outputs)
                Append(output.Name, output.Sha256);
        }
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())));

        void Append(params ReadOnlySpan<string> fields)
        {
            foreach (var field in fields)
                text.Append('\0').Append(field);
        }
    }

    /// <summary>Fresh, restored, cached and run stages have the same artifacts.</summary>
    private static string Standing(StageState state) =>
        state.IsGood() ? "done" : state.ToString();

    /// <summary>Whether the page at <paramref name="path"/> carries the mark.</summary>
    public static bool Stands(string path, string mark)
    {
        if (!File.Exists(path))
            return false;
        using var file = File.OpenHandle(path, share: FileShare.ReadWrite | FileShare.Delete);
        Span<byte> start = stackalloc byte[LongestFirstLine];
        var count = RandomAccess.Read(file, start, 0);
        return start[..count].IndexOf(Encoding.ASCII.GetBytes(mark)) >= 0;
    }
}
