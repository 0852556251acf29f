namespace Tmrvc.Reporting;

/// <summary>Joins the report stage's content with a run into one self-contained page.</summary>
public static class ReportWriter
{
    /// <summary>
    /// Writes the page, by one rename. A run in which every stage was fresh leaves a page that shows the same artifacts as it is:
    /// it tells how they came about. Then only its first line is read.
    /// </summary>
    /// <param name="path">The page, such as <c>artifacts/report/index.html</c>; its folder is made.</param>
    /// <param name="content">The report stage's <see cref="ReportStage.ContentName"/>, which is among the ledger's outputs; null when there is none.</param>
    /// <returns>Whether the page was written.</returns>
    /// <exception cref="IOException">The page cannot be written; the one before it stands.</exception>
    public static bool Write(string path, string? content, RunLedger ledger)
    {
        var mark = ReportMark.Of(ledger);
        if (ledger.IsNoOp && ReportMark.Stands(path, mark))
            return false;
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        var partial = $"{path}.{Environment.ProcessId}.partial";
        try
        {
            using (var data = content is null ? null : File.OpenRead(content))
            using (var page = new FileStream(partial, FileMode.Create, FileAccess.Write, FileShare.None, 1 << 16))
                new ReportPage(page).Write(mark, ledger, data);
            File.Move(partial, path, overwrite: true);
        }
        finally
        {
            File.Delete(partial);
        }
        return true;
    }
}
