using System.Net;
using System.Text;

namespace Tmrvc.Reporting;

/// <summary>Two results side by side on one page that needs no other file: tables of values, and players for what they sound like.</summary>
public sealed class ComparisonPage(string title, string left, string right)
{
    private readonly StringBuilder _page = new();

    /// <summary>Writes the page, in place of an earlier one.</summary>
    /// <exception cref="IOException"/>
    public static void Write(
        string path, string title, (string Left, string Right) sides, IReadOnlyList<ComparisonTable> tables, EvaluationPair evaluations)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, new ComparisonPage(title, sides.Left, sides.Right).Html(tables, evaluations));
    }

    /// <returns>HTML that refers to nothing.</returns>
    public string Html(IReadOnlyList<ComparisonTable> tables, EvaluationPair evaluations)
    {
        _page.Clear();
        _page.Append($"<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\"><title>{Escaped(title)}</title>\n<style>");
        foreach (var name in ReportAssets.Names("", ".css"))
            _page.Append(ReportAssets.Text(name));
        _page.Append($"</style></head>\n<body><main>\n<h1>{Escaped(title)}</h1>\n");
        foreach (var table in tables.Where(table => table.Rows.Count > 0))
            Add(table);
        if (evaluations.Samples.Count > 0)
            AddSamples(evaluations);
        return _page.Append("</main></body></html>\n").ToString();
    }

    private void Add(ComparisonTable table)
    {
        Begin(table.Title, "");
        foreach (var row in table.Rows)
            Row(row.Name, Value(row.Left, row.Differs), Value(row.Right, row.Differs));
        _page.Append("</tbody></table></section>\n");
    }

    private void AddSamples(EvaluationPair evaluations)
    {
        Begin("Samples", "samples");
        foreach (var (asked, before, after) in evaluations.Samples)
            Row($"{asked}", Players(before, evaluations), Players(after, evaluations));
        _page.Append("</tbody></table></section>\n");
    }

    private void Begin(string heading, string id) => _page.Append(
        $"<section{(id.Length > 0 ? $" id=\"{id}\"" : "")}><h2>{Escaped(heading)}</h2><table><thead><tr><th scope=\"col\"></th><th scope=\"col\">{Escaped(left)}</th><th scope=\"col\">{Escaped(right)}</th></tr></thead><tbody>\n");

    private void Row(string name, string before, string after) =>
        _page.Append($"<tr><th scope=\"row\">{Escaped(name)}</th><td>{before}</td><td>{after}</td></tr>\n");

    private static string Value(string value, bool differs) => differs ? $"<strong>{Escaped(value)}</strong>" : Escaped(value);

    private static string Players(SampleContent? sample, EvaluationPair evaluations) => string.Concat(
        from signal in sample?.Signals ?? []
        where signal.Audio is not null && evaluations.SoundOf(signal.Audio!) is not null
        select $"<div>{Escaped(signal.Role)}<br>{Player($"{sample!.Id}: {signal.Role}", signal.Audio!.MediaType, evaluations.SoundOf(signal.Audio!)!)}</div>");

    private static string Player(string name, string mediaType, byte[] sound) =>
        $"<audio controls preload=\"none\" aria-label=\"{Escaped(name)}\" src=\"data:{mediaType};base64,{Convert.ToBase64String(sound)}\"></audio>";

    private static string Escaped(string text) => WebUtility.HtmlEncode(text);
}
