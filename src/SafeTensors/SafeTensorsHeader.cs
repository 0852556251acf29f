using System.Text.Json;

namespace Tmrvc.SafeTensors;

/// <summary>
/// The JSON part of a file. Nothing in it is trusted: types, shapes and offsets are checked against each other and against the
/// number of data bytes, and the tensors must tile the data without gap or overlap, as the format demands.
/// </summary>
internal sealed record SafeTensorsHeader(IReadOnlyList<TensorEntry> Tensors, IReadOnlyDictionary<string, string> Metadata)
{
    internal const string MetadataKey = "__metadata__";

    /// <summary>The format's own limit on header bytes.</summary>
    internal const long MaxBytes = 100_000_000;

    private static readonly JsonDocumentOptions Strict = new() { MaxDepth = 8, AllowDuplicateProperties = false };

    internal static SafeTensorsHeader Parse(ReadOnlyMemory<byte> json, long dataBytes)
    {
        try
        {
            using var document = JsonDocument.Parse(json, Strict);
            return Parse(document.RootElement, dataBytes);
        }
        // Text that is not UTF-8, or escapes half a surrogate pair, is found only when a string is taken out.
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            throw new SafeTensorsException($"header: not valid JSON: {e.Message}", e);
        }
    }

    private static SafeTensorsHeader Parse(JsonElement root, long dataBytes)
    {
        if (root.ValueKind != JsonValueKind.Object)
            throw new SafeTensorsException($"header: found a JSON {root.ValueKind}, an object is allowed");
        var metadata = root.TryGetProperty(MetadataKey, out var map) ? ParseMetadata(map) : [];
        var tensors = root.EnumerateObject().Where(property => property.Name != MetadataKey)
            .Select(property => TensorEntryParser.Parse(property.Name, property.Value))
            .OrderBy(tensor => tensor.Offset).ThenBy(tensor => tensor.End).ToList();
        CheckTiling(tensors, dataBytes);
        return new SafeTensorsHeader(tensors, metadata);
    }

    private static Dictionary<string, string> ParseMetadata(JsonElement map)
    {
        if (map.ValueKind != JsonValueKind.Object)
            throw new SafeTensorsException($"{MetadataKey}: found a JSON {map.ValueKind}, an object of strings is allowed");
        return map.EnumerateObject().ToDictionary(
            property => property.Name,
            property => property.Value.ValueKind == JsonValueKind.String
                ? property.Value.GetString()!
                : throw new SafeTensorsException(
                    $"{MetadataKey}.{property.Name}: found a JSON {property.Value.ValueKind}, a string is allowed"));
    }

    private static void CheckTiling(IReadOnlyList<TensorEntry> tensors, long dataBytes)
    {
        var end = 0L;
        foreach (var tensor in tensors)
        {
            if (tensor.Offset != end)
                throw new SafeTensorsException(
                    $"tensor '{tensor.Name}': starts at byte {tensor.Offset}, {end} is allowed, where the one before it ends");
            end = tensor.End;
        }
        if (end != dataBytes)
            throw new SafeTensorsException(
                $"data: tensors take {end} bytes, the file has {dataBytes}; it is truncated or has a tail");
    }
}
