using System.Text;

namespace Tmrvc.Reporting;

/// <summary>
/// Puts the page together: the template's slots are filled with styles, libraries, modules and data. Modules stay standard
/// ECMAScript: an import map gives each its name as a data: URL, so they load from a file without a request.
/// </summary>
internal sealed class ReportPage(Stream page)
{
    private const string SlotStart = "<!--slot:";
    private const string SlotEnd = "-->";
    private const string Modules = "modules/";

    /// <param name="mark">Stands in the first line; see <see cref="ReportMark"/>.</param>
    /// <param name="content">The report stage's file; null when it has not run.</param>
    public void Write(string mark, RunLedger ledger, Stream? content)
    {
        foreach (var (literal, slot) in Slots(ReportAssets.Text("report.html")))
        {
            Text(literal);
            Fill(slot, mark, ledger, content);
        }
    }

    private void Fill(string slot, string mark, RunLedger ledger, Stream? content)
    {
        switch (slot)
        {
            case "": break;
            case "mark": Text(mark); break;
            case "licences": Text(string.Join("\n", ReportAssets.Names("npm/", "LICENSE").Select(ReportAssets.Text))); break;
            case "styles": ReportAssets.Names("", ".css").ToList().ForEach(name => Text(ReportAssets.Text(name))); break;
            case "libraries": ReportAssets.Names("npm/", ".js").ToList().ForEach(name => Text(Library(name))); break;
            case "importmap": Text(ImportMap()); break;
            case "ledger": Json(new MemoryStream(ReportJson.Serialize(ledger))); break;
            case "content": Json(content ?? new MemoryStream("null"u8.ToArray())); break;
            default: throw new InvalidOperationException($"report.html has an unknown slot '{slot}'.");
        }
    }

    private static IEnumerable<(string Literal, string Slot)> Slots(string template)
    {
        foreach (var piece in template.Split(SlotEnd))
        {
            var start = piece.IndexOf(SlotStart, StringComparison.Ordinal);
            yield return start < 0 ? (piece, "") : (piece[..start], piece[(start + SlotStart.Length)..]);
        }
    }

    /// <summary>Without the pointer to a source map, which a browser's tools would ask for.</summary>
    private static string Library(string name)
    {
        var lines = ReportAssets.Text(name).Split('\n').Where(line => !line.StartsWith("//# sourceMappingURL", StringComparison.Ordinal));
        return string.Join('\n', lines) + "\n";
    }

    private static string ImportMap()
    {
        var entries = ReportAssets.Names(Modules, ".js").Select(name =>
            $"\"{name[Modules.Length..^3]}\":\"data:text/javascript;base64,{Convert.ToBase64String(Encoding.UTF8.GetBytes(ReportAssets.Text(name)))}\"");
        return $"{{\"imports\":{{{string.Join(",\n", entries)}}}}}";
    }

    private void Text(string text) => page.Write(Encoding.UTF8.GetBytes(text));

    /// <summary>Inside a script element no <c>&lt;</c> may stand; in JSON one occurs only in strings, where its escape means the same.</summary>
    private void Json(Stream json)
    {
        var buffer = new byte[1 << 16];
        while (json.Read(buffer) is var count and > 0)
            JsonPart(buffer.AsSpan(0, count));
    }

    private void JsonPart(ReadOnlySpan<byte> part)
    {
        while (part.IndexOf((byte)'<') is var at and >= 0)
        {
            page.Write(part[..at]);
            page.Write("\\u003c"u8);
            part = part[(at + 1)..];
        }
        page.Write(part);
    }
}
