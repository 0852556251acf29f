using System.Text.Json.Nodes;

namespace Tmrvc.Training.Tests.Support;

public static class MetricsFile
{
    public static IReadOnlyList<(long Step, double Loss)> ValidationLosses(string path) => [.. Lines(path)
        .Where(line => line["validation_loss"] is not null)
        .Select(line => ((long)line["step"]!, (double)line["validation_loss"]!))];

    public static int Steps(string path) => Lines(path).Count(line => line["loss"] is not null);

    public static IReadOnlyList<(long Step, float Loss)> Losses(string path) => [.. Lines(path)
        .Where(line => line["loss"] is not null)
        .Select(line => ((long)line["step"]!, (float)line["loss"]!))];

    private static IEnumerable<JsonNode> Lines(string path) => File.ReadLines(path).Select(line => JsonNode.Parse(line)!);
}
