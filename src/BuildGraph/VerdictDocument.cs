using System.Text.Json;

namespace Tmrvc.BuildGraph;

/// <summary>A gate's verdict as JSON: <c>{"passed", "checks": [{"name", "found", "allowed", "passed"}]}</c>.</summary>
public static class VerdictDocument
{
    /// <summary>UTF-8; the same verdict always gives the same bytes.</summary>
    public static byte[] Write(GateVerdict verdict)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream, RecordDocument.Indented))
            Write(verdict, writer);
        return stream.ToArray();
    }

    /// <exception cref="JsonException">Not a verdict.</exception>
    public static GateVerdict Read(byte[] document)
    {
        try
        {
            using var json = JsonDocument.Parse(document);
            return Read(json.RootElement);
        }
        catch (Exception cause) when (cause is InvalidOperationException or KeyNotFoundException)
        {
            throw new JsonException($"Verdict: {cause.Message}", cause);
        }
    }

    internal static void Write(GateVerdict verdict, Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        writer.WriteBoolean("passed", verdict.Passed);
        writer.WriteStartArray("checks");
        foreach (var check in verdict.Checks)
        {
            writer.WriteStartObject();
            writer.WriteString("name", check.Name);
            writer.WriteString("found", check.Found);
            writer.WriteString("allowed", check.Allowed);
            writer.WriteBoolean("passed", check.Passed);
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    internal static GateVerdict Read(JsonElement verdict) =>
        new(RecordParts.List(verdict.GetProperty("checks"), check => new GateCheck(
        RecordParts.Text(check, "name"),
        RecordParts.Text(check, "found"),
        RecordParts.Text(check, "allowed"),
        check.GetProperty("passed").GetBoolean())));
}
