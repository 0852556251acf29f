using System.Text.Json;

namespace Tmrvc.Reporting;

internal sealed record QuarantineLine
{
    public required string Id { get; init; }
    public required string Reason { get; init; }
}

internal static class QuarantineFile
{
    /// <exception cref="InvalidDataException">A line lacks the id or the reason.</exception>
    public static IReadOnlyList<QuarantinedItem> Read(string stage, string path) =>
        [.. JsonLines.Read(path, Parse).Select(line => new QuarantinedItem(stage, line.Id, line.Reason))];

    private static QuarantineLine Parse(string text) =>
        JsonSerializer.Deserialize(text, ReportJsonContext.Default.QuarantineLine) ?? throw new InvalidDataException("null is no quarantined item");
}
