using System.Text.Json;
using System.Text.Json.Serialization;
using Tmrvc.BuildGraph;

namespace Tmrvc.Slurm;

/// <summary>A line by which a job tells its front end how it goes; other lines in its output are words of whoever wrote them.</summary>
internal sealed record JobLine
{
    public string? Log { get; init; }

    public StageProgress? Progress { get; init; }

    public StageJobEnd? End { get; init; }

    /// <summary>When the job's program reported first, when its stage began, or when all was over.</summary>
    public DateTimeOffset? At { get; init; }

    /// <summary>The stage has begun.</summary>
    public bool? Works { get; init; }

    public string Write() => JsonSerializer.Serialize(this, JobLineContext.Default.JobLine);

    /// <returns>Null when the line was not written by a job.</returns>
    public static JobLine? Parse(string line)
    {
        if (!line.StartsWith('{'))
            return null;
        try
        {
            return JsonSerializer.Deserialize(line, JobLineContext.Default.JobLine);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}

[JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, UseStringEnumConverter = true)]
[JsonSerializable(typeof(JobLine))]
internal sealed partial class JobLineContext : JsonSerializerContext;
