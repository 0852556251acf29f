using System.Text.Json;

namespace Tmrvc.BuildGraph;

/// <summary>
/// The plan for machines:
/// <c>{"stages": [{"id", "state", "reason", "changed": [{"what", "old", "new"}], "notes", "bytes", "download", "hours", "cost"}]}</c>.
/// </summary>
public static class PlanJson
{
    /// <summary>UTF-8, indented.</summary>
    public static void Write(Plan plan, Stream destination)
    {
        using var writer = new Utf8JsonWriter(destination, RecordDocument.Indented);
        writer.WriteStartObject();
        writer.WriteStartArray("stages");
        foreach (var stage in plan.Stages)
            Write(stage, writer);
        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private static void Write(PlannedStage stage, Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        writer.WriteString("id", stage.Id.Value);
        writer.WriteString("state", stage.State.ToString().ToLowerInvariant());
        writer.WriteString("reason", stage.Reason);
        writer.WriteStartArray("changed");
        foreach (var change in stage.Changed)
            Write(change, writer);
        writer.WriteEndArray();
        writer.WriteStartArray("notes");
        foreach (var note in stage.Notes)
            writer.WriteStringValue(note);
        writer.WriteEndArray();
        WriteNumber("bytes", stage.Bytes, writer);
        WriteNumber("download", stage.Download, writer);
        WriteNumber("hours", stage.Hours, writer);
        WriteNumber("cost", stage.Cost, writer);
        writer.WriteEndObject();
    }

    private static void Write(Change change, Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        writer.WriteString("what", change.What);
        writer.WriteString("old", change.Old);
        writer.WriteString("new", change.New);
        writer.WriteEndObject();
    }

    private static void WriteNumber(string name, double? value, Utf8JsonWriter writer)
    {
        if (value is { } number)
            writer.WriteNumber(name, number);
        else
            writer.WriteNull(name);
    }
}
