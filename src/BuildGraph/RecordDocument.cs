using System.Text.Encodings.Web;
using System.Text.Json;
using Tmrvc.ArtifactStore;

namespace Tmrvc.BuildGraph;

/// <summary>
/// An action record as JSON, member by member: a no-op reads a record per stage, and a serialiser would spend more time on getting
/// ready than on them all.
/// </summary>
internal static class RecordDocument
{
    /// <summary>For people too: indented, letters as they are.</summary>
    public static readonly JsonWriterOptions Indented = new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static byte[] Write(ActionRecord record)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream, Indented))
        {
            writer.WriteStartObject();
            WriteResult(record, writer);
            WriteCircumstances(record, writer);
            writer.WriteEndObject();
        }
        return stream.ToArray();
    }

    /// <exception cref="JsonException">Not a record.</exception>
    public static ActionRecord Read(byte[] document)
    {
        try
        {
            using var json = JsonDocument.Parse(document);
            return Sound(Read(json.RootElement));
        }
        catch (Exception cause) when (cause is FormatException or InvalidOperationException or KeyNotFoundException)
        {
            throw new JsonException($"Action record: {cause.Message}", cause);
        }
    }

    private static void WriteResult(ActionRecord record, Utf8JsonWriter writer)
    {
        writer.WriteString("key", record.Key.ToString());
        writer.WriteString("stage", record.Stage);
        writer.WriteStartArray("outputs");
        foreach (var output in record.Outputs)
            RecordParts.Write(output, writer);
        writer.WriteEndArray();
        if (record.Verdict is { } verdict)
        {
            writer.WritePropertyName("verdict");
            VerdictDocument.Write(verdict, writer);
        }
        if (record.Sources is { } sources)
            writer.WriteString("sources", sources.ToString());
        writer.WriteStartArray("manifest");
        foreach (var entry in record.Manifest)
            RecordParts.Write(entry, writer);
        writer.WriteEndArray();
    }

    private static void WriteCircumstances(ActionRecord record, Utf8JsonWriter writer)
    {
        writer.WriteStartArray("quarantine");
        foreach (var item in record.Quarantine)
            RecordParts.Write(item, writer);
        writer.WriteEndArray();
        writer.WriteStartObject("metrics");
        foreach (var (name, value) in record.Metrics)
            RecordParts.Write(name, value, writer);
        writer.WriteEndObject();
        writer.WriteStartObject("seeds");
        foreach (var (name, value) in record.Seeds)
            writer.WriteString(name, value);
        writer.WriteEndObject();
        RecordParts.Write(record.Hardware, writer);
        writer.WriteNumber("hours", record.Hours);
        if (record.HoursOfAllItems is { } whole)
            writer.WriteNumber("hoursOfAllItems", whole);
        writer.WriteNumber("cost", record.Cost);
        RecordParts.Write("expectedHours", record.ExpectedHours, writer);
        RecordParts.Write("expectedCost", record.ExpectedCost, writer);
        if (record.Extended is { } extended)
            writer.WriteString("extended", extended);
        writer.WriteString("finished", record.Finished);
        if (record.Revision is { } revision)
            writer.WriteString("revision", revision);
        writer.WriteString("missReason", record.MissReason);
    }

    private static ActionRecord Read(JsonElement root) => new()
    {
        Key = ContentHash.Parse(RecordParts.Text(root, "key")),
        Stage = RecordParts.Text(root, "stage"),
        Outputs = RecordParts.List(root.GetProperty("outputs"), RecordParts.ReadOutput),
        Verdict = root.TryGetProperty("verdict", out var verdict) ? VerdictDocument.Read(verdict) : null,
        Sources = root.TryGetProperty("sources", out var sources) ? ContentHash.Parse(RecordParts.Text(sources)) : null,
        Manifest = RecordParts.List(root.GetProperty("manifest"), RecordParts.ReadEntry),
        Quarantine = RecordParts.List(root.GetProperty("quarantine"), RecordParts.ReadItem),
        Metrics = RecordParts.ReadMetrics(root.GetProperty("metrics")),
        Seeds = RecordParts.ReadSeeds(root.GetProperty("seeds")),
        Hardware = RecordParts.ReadHardware(root.GetProperty("hardware")),
        Hours = root.GetProperty("hours").GetDouble(),
        HoursOfAllItems = root.TryGetProperty("hoursOfAllItems", out var whole) ? whole.GetDouble() : null,
        Cost = root.GetProperty("cost").GetDouble(),
        ExpectedHours = RecordParts.ReadEstimate(root, "expectedHours"),
        ExpectedCost = RecordParts.ReadEstimate(root, "expectedCost"),
        Extended = root.TryGetProperty("extended", out var extended) ? extended.GetString() : null,
        Finished = root.GetProperty("finished").GetDateTimeOffset(),
        Revision = root.TryGetProperty("revision", out var revision) ? revision.GetString() : null,
        MissReason = RecordParts.Text(root, "missReason"),
    };

    /// <summary>What a key does not vouch for, and whoever reads the record relies on.</summary>
    private static ActionRecord Sound(ActionRecord record)
    {
        _ = new EntrySet(record.Outputs);
        var names = new HashSet<string>();
        return record.Manifest.All(entry => names.Add(entry.What)) ? record : throw new FormatException("its manifest names something twice.");
    }
}
