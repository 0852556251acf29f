using System.Text.Json;
using Tmrvc.ArtifactStore;

namespace Tmrvc.BuildGraph;

/// <summary>The members of an action record that have members of their own.</summary>
internal static class RecordParts
{
    public static string Text(JsonElement owner, string name) => Text(owner.GetProperty(name));

    public static string Text(JsonElement value) => value.GetString() ?? throw new FormatException("a text is null.");

    public static IReadOnlyList<T> List<T>(JsonElement array, Func<JsonElement, T> read) where T : class
    {
        var list = new List<T>(array.GetArrayLength());
        foreach (var element in array.EnumerateArray())
            list.Add(read(element));
        return list;
    }

    public static void Write(StoredEntry output, Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        writer.WriteString("name", output.Name);
        writer.WriteString("kind", output.Kind == EntryKind.File ? "file" : "folder");
        writer.WriteString("hash", output.Hash.ToString());
        writer.WriteNumber("bytes", output.Bytes);
        writer.WriteNumber("files", output.Files);
        writer.WriteEndObject();
    }

    public static StoredEntry ReadOutput(JsonElement output) => new(
        Text(output, "name"),
        Text(output, "kind") == "file" ? EntryKind.File : EntryKind.Folder,
        ContentHash.Parse(Text(output, "hash")),
        output.GetProperty("bytes").GetInt64(),
        output.GetProperty("files").GetInt32());

    public static void Write(ManifestEntry entry, Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        writer.WriteString("what", entry.What);
        writer.WriteString("value", entry.Value);
        if (entry.IsDefault)
            writer.WriteBoolean("default", true);
        writer.WriteEndObject();
    }

    public static ManifestEntry ReadEntry(JsonElement entry) =>
        new(Text(entry, "what"), Text(entry, "value"), entry.TryGetProperty("default", out _));

    public static void Write(RejectedItem item, Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        writer.WriteString("id", item.Id);
        writer.WriteString("reason", item.Reason);
        writer.WriteEndObject();
    }

    public static RejectedItem ReadItem(JsonElement item) => new(Text(item, "id"), Text(item, "reason"));

    /// <summary>JSON has no NaN and no infinity: they are written as text.</summary>
    public static void Write(string metric, double value, Utf8JsonWriter writer)
    {
        if (double.IsFinite(value))
            writer.WriteNumber(metric, value);
        else
            writer.WriteString(metric, value.ToString(System.Globalization.CultureInfo.InvariantCulture));
    }

    /// <summary>Its two bounds; nothing when there is none.</summary>
    public static void Write(string name, Estimate? estimate, Utf8JsonWriter writer)
    {
        if (estimate is not { } bounds)
            return;
        writer.WriteStartArray(name);
        writer.WriteNumberValue(bounds.Low);
        writer.WriteNumberValue(bounds.High);
        writer.WriteEndArray();
    }

    public static Estimate? ReadEstimate(JsonElement owner, string name) =>
        owner.TryGetProperty(name, out var bounds) ? new Estimate(bounds[0].GetDouble(), bounds[1].GetDouble()) : null;

    public static IReadOnlyDictionary<string, double> ReadMetrics(JsonElement metrics)
    {
        var values = new Dictionary<string, double>();
        foreach (var metric in metrics.EnumerateObject())
            values[metric.Name] = metric.Value.ValueKind == JsonValueKind.Number
                ? metric.Value.GetDouble()
                : double.Parse(Text(metric.Value), System.Globalization.CultureInfo.InvariantCulture);
        return values;
    }

    public static IReadOnlyDictionary<string, string> ReadSeeds(JsonElement seeds)
    {
        var values = new Dictionary<string, string>();
        foreach (var seed in seeds.EnumerateObject())
            values[seed.Name] = Text(seed.Value);
        return values;
    }

    public static void Write(Hardware hardware, Utf8JsonWriter writer)
    {
        writer.WriteStartObject("hardware");
        writer.WriteString("cpu", hardware.Cpu);
        writer.WriteNumber("cores", hardware.Cores);
        writer.WriteNumber("memoryBytes", hardware.MemoryBytes);
        writer.WriteString("gpu", hardware.Gpu);
        writer.WriteString("system", hardware.System);
        writer.WriteEndObject();
    }

    public static Hardware ReadHardware(JsonElement hardware) => new(
        Text(hardware, "cpu"),
        hardware.GetProperty("cores").GetInt32(),
        hardware.GetProperty("memoryBytes").GetInt64(),
        Text(hardware, "gpu"),
        Text(hardware, "system"));
}
