using System.Text.Json;

namespace Tmrvc.Reporting;

/// <summary>A gate's verdict as its file holds it.</summary>
internal sealed record VerdictText
{
    public required IReadOnlyList<CheckContent> Checks { get; init; }
}

internal static class VerdictFile
{
    /// <exception cref="InvalidDataException">The file is no verdict.</exception>
    public static GateContent Read(string stage, string path)
    {
        try
        {
            var verdict = JsonSerializer.Deserialize(File.ReadAllBytes(path), ReportJsonContext.Default.VerdictText)
                ?? throw new InvalidDataException($"{path}: null is no verdict");
            return new GateContent(stage, verdict.Checks.All(check => check.Passed), verdict.Checks);
        }
        catch (JsonException e)
        {
            throw new InvalidDataException($"{path}: no gate verdict: {e.Message}", e);
        }
    }
}
