using System.Text.Json;
using System.Text.Json.Serialization;

namespace Tmrvc.BuildGraph;

/// <summary>A line by which a rank tells the stage's run how it goes; other lines are words of whatever wrote them.</summary>
internal sealed record RankLine
{
    private static readonly JsonSerializerOptions Format = new() { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };

    public string? Log { get; init; }

    public StageProgress? Progress { get; init; }

    public RankMetric? Metric { get; init; }

    /// <summary>Why the rank failed.</summary>
    public string? Failure { get; init; }

    /// <summary>Whether it failed because another one was gone.</summary>
    public bool? WasLeft { get; init; }

    public string Write() => JsonSerializer.Serialize(this, Format);

    /// <returns>Null when it is no such line.</returns>
    public static RankLine? Parse(string line)
    {
        if (!line.StartsWith('{')) return null;
        try
        {
            return JsonSerializer.Deserialize<RankLine>(line, Format);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}

internal sealed record RankMetric(string Name, double Value);
