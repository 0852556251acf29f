using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Tmrvc.Contract;

/// <summary>The metadata of a speaker profile: snake_case names, no nulls.</summary>
internal static class SpeakerProfileJson
{
    private static readonly JsonSerializerOptions Format = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        AllowDuplicateProperties = false,
        RespectNullableAnnotations = true,
        MaxDepth = 8,
    };

    internal static byte[] Write(SpeakerProfileMetadata metadata) => JsonSerializer.SerializeToUtf8Bytes(metadata, Format);

    /// <exception cref="SpeakerProfileException">It is no JSON, or a field is missing or of another type.</exception>
    internal static SpeakerProfileMetadata Read(ReadOnlySpan<byte> json)
    {
        try
        {
            return JsonSerializer.Deserialize<SpeakerProfileMetadata>(json, Format) ?? throw new JsonException("null is not allowed");
        }
        // Text that is not UTF-8 is found only when a string is taken out.
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            throw new SpeakerProfileException($"has metadata that cannot be read: {e.Message}", e);
        }
    }
}
