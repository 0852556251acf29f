using System.Text.Json;

namespace Tmrvc.Benchmarks.BuildTime;

internal sealed record StageTime(string Stage, double Seconds);

/// <summary>Reads from the action records of a checkout what each stage took.</summary>
internal static class StageTimes
{
    /// <returns>In the order in which the stages finished.</returns>
    public static IReadOnlyList<StageTime> Of(string checkout) =>
    [
        .. Directory.EnumerateFiles(Path.Combine(checkout, "artifacts", "store", "records"), "*.json", SearchOption.AllDirectories)
            .Select(Read)
            .OrderBy(record => record.Finished)
            .Select(record => new StageTime(record.Stage, record.Hours * 3600)),
    ];

    private static Record Read(string path) =>
        JsonSerializer.Deserialize<Record>(File.ReadAllBytes(path), JsonSerializerOptions.Web) ?? throw new InvalidDataException($"{path}: no record.");

    private sealed record Record(string Stage, double Hours, DateTimeOffset Finished);
}
