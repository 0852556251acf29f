using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Tmrvc.BuildGraph;

namespace Tmrvc.Build.Plans;

/// <summary>
/// A plan for machines: <c>{stages: [{id, state, reason, changed: [{what, old, new}], notes, bytes, hours, cost}]}</c>.
/// State is fresh, restore, run or blocked; what is unknown is null.
/// </summary>
internal static class PlanJson
{
    private static readonly JsonWriterOptions Indented = new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Of(Plan plan)
    {
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes, Indented))
        {
            json.WriteStartObject();
            json.WriteStartArray("stages");
            foreach (var stage in plan.Stages)
                Write(json, stage);
            json.WriteEndArray();
            json.WriteEndObject();
        }
        return Encoding.UTF8.GetString(bytes.ToArray());
    }

    private static void Write(Utf8JsonWriter json, PlannedStage stage)
    {
        json.WriteStartObject();
        json.WriteString("id", stage.Id.Value);
        json.WriteString("state", PlanText.Word(stage.State));
        json.WriteString("reason", stage.Reason);
        json.WriteStartArray("changed");
        foreach (var change in stage.Changed)
            Write(json, change);
        json.WriteEndArray();
        json.WriteStartArray("notes");
        foreach (var note in stage.Notes)
            json.WriteStringValue(note);
        json.WriteEndArray();
        WriteNumber(json, "bytes", stage.Bytes);
        WriteNumber(json, "hours", stage.Hours);
        WriteNumber(json, "cost", stage.Cost);
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, Change change)
    {
        json.WriteStartObject();
        json.WriteString("what", change.What);
        json.WriteString("old", change.Old);
        json.WriteString("new", change.New);
        json.WriteEndObject();
    }

    private static void WriteNumber(Utf8JsonWriter json, string name, double? value)
    {
        if (value is { } known)
            json.WriteNumber(name, known);
        else
            json.WriteNull(name);
    }
}
