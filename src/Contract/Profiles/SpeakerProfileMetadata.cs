using System.Text.Json;
using System.Text.Json.Serialization;

namespace Tmrvc.Contract;

/// <summary>What a speaker profile tells about itself. Fields that are not known here are kept as they are.</summary>
public sealed record SpeakerProfileMetadata
{
    public const string FewShot = "few_shot";

    public required string ProfileName { get; init; }

    public string? AuthorName { get; init; }

    public string? LicenceUrl { get; init; }

    public DateTimeOffset? CreatedAt { get; init; }

    /// <summary>File names without their folders.</summary>
    public IReadOnlyList<string> SourceAudioFiles { get; init; } = [];

    /// <summary>How the profile was made: <c>embedding</c>, or <see cref="FewShot"/> where a LoRA delta was trained.</summary>
    public string? TrainingMode { get; init; }

    /// <summary>Of the exported speaker encoder that gave the embedding, as <see cref="FileSha256"/> has it.</summary>
    public string? SpeakerEncoderSha256 { get; init; }

    /// <summary>Of the weights of the one converter that the LoRA delta was trained for.</summary>
    public string? ConverterSha256 { get; init; }

    /// <summary>Mean of ln(F0 in Hz) over voiced frames; without it, and the next, F0 is not moved to this voice's range.</summary>
    public double? LogF0Mean { get; init; }

    /// <summary>Standard deviation of ln(F0 in Hz) over voiced frames.</summary>
    public double? LogF0Deviation { get; init; }

    /// <summary>A picture, PNG or JPEG.</summary>
    [JsonPropertyName("thumbnail_b64")]
    public byte[]? Thumbnail { get; init; }

    [JsonExtensionData]
    public IDictionary<string, JsonElement>? Others { get; init; }
}
