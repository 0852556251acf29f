using System.Text.Json;

namespace Tmrvc.Contract;

/// <summary>What metadata.json says of the files beside it, as far as their users check it. Hashes are those of <see cref="FileSha256"/>.</summary>
public sealed record ModelManifest
{
    private static readonly JsonSerializerOptions Format = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower, RespectNullableAnnotations = true };

    /// <summary>Of constants.yaml.</summary>
    public required string ConstantsSha256 { get; init; }

    /// <summary>Of the files of weights that the networks were exported from, by name.</summary>
    public required IReadOnlyDictionary<string, string> StudentSha256 { get; init; }

    /// <summary>By path, <c>fp32/converter.onnx</c>.</summary>
    public required IReadOnlyDictionary<string, Entry> Models { get; init; }

    /// <returns>Null where the folder has none.</returns>
    /// <exception cref="InvalidDataException">It cannot be read.</exception>
    public static ModelManifest? Read(ModelFolder folder)
    {
        if (!File.Exists(folder.Metadata)) return null;
        try
        {
            return JsonSerializer.Deserialize<ModelManifest>(File.ReadAllBytes(folder.Metadata), Format) ?? throw new JsonException("null is not allowed");
        }
        catch (JsonException e)
        {
            throw new InvalidDataException($"{folder.Metadata}: cannot be read: {e.Message}; --target=Package writes one", e);
        }
    }

    /// <summary>An exported file.</summary>
    public sealed record Entry
    {
        public required string Sha256 { get; init; }
    }
}
