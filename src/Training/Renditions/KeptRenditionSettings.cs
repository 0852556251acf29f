using System.Text.Json.Serialization;
using Tmrvc.Configuration;

namespace Tmrvc.Training;

/// <summary>Renditions that are kept in shards.</summary>
public abstract record KeptRenditionSettings : RenditionSettings
{
    /// <summary>Utterances of the validation split that are said too, at most; they validate what is learnt from them.</summary>
    public int Validation { get; init; } = 64;

    /// <summary>float32 or tf32.</summary>
    public Precision Precision { get; init; } = Precision.Float32;

    /// <summary>No shard of several renditions is larger.</summary>
    public int ShardMebibytes { get; init; } = 256;

    [RuntimeOnly]
    [JsonIgnore]
    public RuntimeSettings Runtime { get; init; } = new();

    protected override IEnumerable<(string Property, string Message)> OwnMistakes()
    {
        if (Validation < 1) yield return ("validation", $"{Validation}: 1 or more is allowed.");
        if (Precision == Precision.Bf16) yield return ("precision", "bf16: float32 and tf32 are allowed.");
        if (ShardMebibytes < 1) yield return ("shard_mebibytes", $"{ShardMebibytes}: 1 or more is allowed.");
        foreach (var (property, message) in Runtime.Mistakes()) yield return ($"runtime.{property}", message);
    }
}
