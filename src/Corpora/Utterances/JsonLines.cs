using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Tmrvc.Corpora;

/// <summary>
/// JSON as the pipeline's indexes hold it: snake_case names, no nulls, one object a line, <c>\n</c>, UTF-8 without mark.
/// </summary>
public static class JsonLines
{
    public static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower) },
    };

    public static void Write<T>(string path, IEnumerable<T> rows)
    {
        using var writer = new StreamWriter(
            path, append: false, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false)) { NewLine = "\n" };
        foreach (var row in rows)
            writer.WriteLine(JsonSerializer.Serialize(row, Options));
    }

    /// <exception cref="InvalidDataException">A line is not a <typeparamref name="T"/>; the message gives its number.</exception>
    public static IReadOnlyList<T> Read<T>(string path) => [.. Each<T>(path)];

    /// <summary>One row at a time.</summary>
    /// <inheritdoc cref="Read"/>
    public static IEnumerable<T> Each<T>(string path) =>
        File.ReadLines(path).Select((line, index) => Parse<T>(path, line, index + 1));

    /// <returns>Null when there is no line.</returns>
    /// <exception cref="InvalidDataException">The line is not a <typeparamref name="T"/>.</exception>
    public static T? First<T>(string path) where T : class =>
        File.ReadLines(path).Take(1).Select(line => Parse<T>(path, line, 1)).FirstOrDefault();

    private static T Parse<T>(string path, string line, int number)
    {
        try
        {
            return JsonSerializer.Deserialize<T>(line, Options) ?? throw new JsonException("null is not allowed");
        }
        catch (JsonException e)
        {
            throw new InvalidDataException($"{path}: line {number} is not a {typeof(T).Name}: {e.Message}", e);
        }
    }
}
