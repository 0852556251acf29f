using System.Text.Json;
using System.Text.Json.Serialization;
using Tmrvc.ArtifactStore;

namespace Tmrvc.BuildGraph;

/// <summary>Action records as JSON, one document per key.</summary>
internal sealed class ActionRecords(RecordFiles files)
{
    /// <returns>Null when there is none, or what is there cannot be read.</returns>
    public ActionRecord? Find(ContentHash key)
    {
        try
        {
            return files.Find(key) is { } document ? JsonSerializer.Deserialize(document, RecordJson.Default.ActionRecord) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <returns>The record that counts: this one, or the one that was there before.</returns>
    public ActionRecord Add(ActionRecord record)
    {
        var document = JsonSerializer.SerializeToUtf8Bytes(record, RecordJson.Default.ActionRecord);
        if (files.Add(record.Key, document))
            return record;
        if (Find(record.Key) is { } earlier)
            return earlier;
        files.Drop(record.Key);
        return files.Add(record.Key, document) ? record : Find(record.Key) ?? record;
    }

    /// <summary>Forgets a record whose outputs are lost, so that a new one can take its place.</summary>
    public void Drop(ContentHash key) => files.Drop(key);
}

[JsonSourceGenerationOptions(
    WriteIndented = true,
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UseStringEnumConverter = true,
    Converters = [typeof(ContentHashJson)])]
[JsonSerializable(typeof(ActionRecord))]
[JsonSerializable(typeof(GateVerdict))]
internal sealed partial class RecordJson : JsonSerializerContext;

internal sealed class ContentHashJson : JsonConverter<ContentHash>
{
    public override ContentHash Read(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options) =>
        ContentHash.TryParse(reader.GetString(), out var hash) ? hash : throw new JsonException("64 hexadecimal digits are expected.");

    public override void Write(Utf8JsonWriter writer, ContentHash value, JsonSerializerOptions options) => writer.WriteStringValue(value.ToString());
}
