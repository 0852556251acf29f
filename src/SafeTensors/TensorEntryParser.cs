using System.Text.Json;

namespace Tmrvc.SafeTensors;

/// <summary>
/// Reads <c>{"dtype": "F32", "shape": [2, 3], "data_offsets": [0, 24]}</c>; each field is required, no other is allowed.
/// </summary>
internal static class TensorEntryParser
{
    internal static TensorEntry Parse(string name, JsonElement value)
    {
        if (value.ValueKind != JsonValueKind.Object || value.EnumerateObject().Count() != 3)
            throw Mistake(name, "an object of dtype, shape and data_offsets is allowed");
        var type = ParseType(name, Field(name, value, "dtype"));
        var shape = ParseNumbers(name, "shape", Field(name, value, "shape"));
        var offsets = ParseNumbers(name, "data_offsets", Field(name, value, "data_offsets"));
        if (offsets.Count != 2 || offsets[1] < offsets[0])
            throw Mistake(
                name, $"data_offsets: found [{string.Join(", ", offsets)}], begin and end with begin ≤ end are allowed");
        var bytes = BytesOf(name, type, shape);
        if (offsets[1] - offsets[0] != bytes)
            throw Mistake(
                name, $"data_offsets: span {offsets[1] - offsets[0]} bytes, {type} [{string.Join(", ", shape)}] takes {bytes}");
        return new TensorEntry(name, type, shape, offsets[0], bytes);
    }

    private static JsonElement Field(string name, JsonElement value, string field) =>
        value.TryGetProperty(field, out var found) ? found : throw Mistake(name, $"{field}: is missing");

    private static TensorType ParseType(string name, JsonElement value)
    {
        var text = value.ValueKind == JsonValueKind.String ? value.GetString() : value.GetRawText();
        return Enum.GetNames<TensorType>().Contains(text)
            ? Enum.Parse<TensorType>(text!)
            : throw Mistake(name, $"dtype: found '{text}', {string.Join(", ", Enum.GetNames<TensorType>())} are allowed");
    }

    private static List<long> ParseNumbers(string name, string field, JsonElement value)
    {
        if (value.ValueKind != JsonValueKind.Array)
            throw Mistake(name, $"{field}: found a JSON {value.ValueKind}, an array is allowed");
        return value.EnumerateArray().Select(element => ParseNumber(name, field, element)).ToList();
    }

    private static long ParseNumber(string name, string field, JsonElement element) =>
        element.ValueKind == JsonValueKind.Number && element.TryGetInt64(out var number) && number >= 0
            ? number
            : throw Mistake(name, $"{field}: found {element.GetRawText()}, integers from 0 are allowed");

    private static long BytesOf(string name, TensorType type, List<long> shape)
    {
        try
        {
            return TensorEntry.BytesOf(type, shape);
        }
        catch (OverflowException e)
        {
            throw new SafeTensorsException($"tensor '{name}': shape [{string.Join(", ", shape)}] is larger than any file", e);
        }
    }

    private static SafeTensorsException Mistake(string name, string what) => new($"tensor '{name}': {what}");
}
