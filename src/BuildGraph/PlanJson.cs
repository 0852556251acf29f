using System.Text.Json;

namespace Tmrvc.BuildGraph;

/// <summary>
/// The plan for machines:
/// <c>{"stages": [{"id", "state", "reason", "changed": [{"what", "old", "new"}], "notes", "bytes", "download", "hours", "cost", "machine",
/// "basis": "recorded" or "table", "hoursBetween": [low, high], "costBetween", "saved": {"hours", "cost"}}], "total": {"hours", "cost",
/// "hoursBetween", "costBetween", "saved"}}</c>; what nobody knows is null or absent.
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
        WriteTotal(plan, writer);
        writer.WriteEndObject();
    }

    private static void WriteTotal(Plan plan, Utf8JsonWriter writer)
    {
        writer.WriteStartObject("total");
        writer.WriteNumber("hours", plan.Hours);
        writer.WriteNumber("cost", plan.Cost);
        RecordParts.Write("hoursBetween", plan.HoursBetween, writer);
        RecordParts.Write("costBetween", plan.CostBetween, writer);
        WriteSaved(plan.Saved, writer);
        writer.WriteEndObject();
    }

    private static void WriteSaved(Spent saved, Utf8JsonWriter writer)
    {
        writer.WriteStartObject("saved");
        writer.WriteNumber("hours", saved.Hours);
        writer.WriteNumber("cost", saved.Cost);
        writer.WriteEndObject();
    }

    private static void WriteExpected(Expectation expected, Utf8JsonWriter writer)
    {
        writer.WriteString("machine", expected.Machine);
        writer.WriteString("basis", expected.IsRecorded ? "recorded" : "table");
        RecordParts.Write("hoursBetween", expected.Hours, writer);
        RecordParts.Write("costBetween", expected.Cost, writer);
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
        if (stage.Expected is { } expected)
            WriteExpected(expected, writer);
        if (stage.Saved is { } saved)
            WriteSaved(saved, writer);
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
