using System.Text.Json;
using Tmrvc.SafeTensors;

namespace Tmrvc.Training;

/// <summary>
/// How the networks see log-mel: clamped from below, then per band (x − mean) / deviation. Digital silence sits at ln(1e-10) = −23
/// while speech lies between about −11 and 3; unclamped it would rule the statistics and the loss.
/// </summary>
/// <param name="Clamp">Natural log of power; lower values are raised to it.</param>
/// <param name="Mean">[80], of the clamped log-mel.</param>
/// <param name="Deviation">[80], standard deviation, above 0.</param>
/// <param name="Frames">Frames that the statistics were taken over.</param>
public sealed record MelStatistics(float Clamp, float[] Mean, float[] Deviation, long Frames)
{
    /// <summary>Where a file of weights holds them.</summary>
    public const string MetadataKey = "mel_statistics";

    private static readonly JsonSerializerOptions Format = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        WriteIndented = true,
    };

    /// <exception cref="InvalidDataException">The file does not hold mel statistics.</exception>
    public static MelStatistics Read(string path) => Parse(File.ReadAllText(path), path);

    /// <summary>Those that a model's file holds in its metadata.</summary>
    /// <exception cref="InvalidDataException">The file holds none.</exception>
    public static MelStatistics OfModel(string path)
    {
        using var file = SafeTensorsFile.Open(path);
        return file.Metadata.TryGetValue(MetadataKey, out var json)
            ? Parse(json, path)
            : throw new InvalidDataException($"{path}: has no '{MetadataKey}' in its metadata; a model that a training stage wrote is needed.");
    }

    /// <exception cref="InvalidDataException">The model holds others, or none.</exception>
    public void RequireThoseOf(string modelPath)
    {
        if (OfModel(modelPath).ToJson() != ToJson())
            throw new InvalidDataException($"{modelPath}: was trained on mels of other statistics than these features'; train it on them.");
    }

    public void Write(string path) => File.WriteAllText(path, ToJson() + "\n");

    public string ToJson() => JsonSerializer.Serialize(this, Format);

    /// <param name="logMel">[80, T], time contiguous; normalised in place.</param>
    public void Normalise(Span<float> logMel)
    {
        var frames = logMel.Length / Mean.Length;
        for (var band = 0; band < Mean.Length; band++)
        {
            var (mean, scale) = (Mean[band], 1 / Deviation[band]);
            foreach (ref var value in logMel.Slice(band * frames, frames)) value = (MathF.Max(value, Clamp) - mean) * scale;
        }
    }

    /// <summary>The inverse of <see cref="Normalise"/> on what it does not clamp.</summary>
    /// <param name="normalised">[80, T], time contiguous; made log-mel in place, not below the clamp.</param>
    public void Restore(Span<float> normalised)
    {
        var frames = normalised.Length / Mean.Length;
        for (var band = 0; band < Mean.Length; band++)
        {
            var (mean, deviation) = (Mean[band], Deviation[band]);
            foreach (ref var value in normalised.Slice(band * frames, frames)) value = MathF.Max(value * deviation + mean, Clamp);
        }
    }

    private static MelStatistics Parse(string json, string path)
    {
        try
        {
            var statistics = JsonSerializer.Deserialize<MelStatistics>(json, Format);
            return statistics is { Mean: not null, Deviation: not null } && statistics.Deviation.All(d => d > 0)
                ? statistics
                : throw new InvalidDataException($"{path}: mean and positive deviation of each band are needed.");
        }
        catch (JsonException e)
        {
            throw new InvalidDataException($"{path}: is not mel statistics: {e.Message}", e);
        }
    }
}
