using System.Text.Json;

namespace Tmrvc.Reporting;

internal static class JsonLines
{
    /// <summary>Parses each line that is not blank.</summary>
    /// <exception cref="InvalidDataException">A line is not what <paramref name="parse"/> takes; the message names file and line.</exception>
    public static IEnumerable<T> Read<T>(string path, Func<string, T> parse) =>
        File.ReadLines(path).Select((text, index) => (text, number: index + 1))
            .Where(line => !string.IsNullOrWhiteSpace(line.text))
            .Select(line => ParseLine(path, line.text, line.number, parse));

    private static T ParseLine<T>(string path, string text, int number, Func<string, T> parse)
    {
        try
        {
            return parse(text);
        }
        catch (Exception e) when (e is JsonException or InvalidDataException)
        {
            throw new InvalidDataException($"{path}, line {number}: {e.Message}", e);
        }
    }
}
