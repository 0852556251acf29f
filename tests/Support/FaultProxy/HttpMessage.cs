using System.Globalization;
using System.Text;

namespace Tmrvc.FaultProxy;

/// <summary>A request or an answer in memory, its body without chunks.</summary>
internal sealed record HttpMessage(string StartLine, IReadOnlyList<KeyValuePair<string, string>> Fields, byte[] Body)
{
    /// <summary>Of an answer.</summary>
    public int Status => int.Parse(StartLine.Split(' ')[1], CultureInfo.InvariantCulture);

    /// <summary>Of a request: its answer has a length and no body.</summary>
    public bool IsHead => StartLine.StartsWith("HEAD ", StringComparison.Ordinal);

    public string? this[string field] =>
        Fields.FirstOrDefault(pair => pair.Key.Equals(field, StringComparison.OrdinalIgnoreCase)).Value;

    public HttpMessage With(string field, string? value)
    {
        var others = Fields.Where(pair => !pair.Key.Equals(field, StringComparison.OrdinalIgnoreCase));
        return this with { Fields = [.. value is null ? others : others.Append(new(field, value))] };
    }

    /// <summary>With a length that fits.</summary>
    public HttpMessage WithBody(byte[] body) =>
        (this with { Body = body }).With("Transfer-Encoding", null).With("Content-Length", $"{body.Length}");

    public byte[] HeadBytes()
    {
        var text = new StringBuilder(StartLine).Append("\r\n");
        foreach (var (name, value) in Fields)
            text.Append(name).Append(": ").Append(value).Append("\r\n");
        return Encoding.Latin1.GetBytes(text.Append("\r\n").ToString());
    }
}
