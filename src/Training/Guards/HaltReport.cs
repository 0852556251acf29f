using System.Text.Json;
using System.Text.Json.Serialization;

namespace Tmrvc.Training;

/// <summary>halt.json beside the checkpoints: what a guard stopped a training for.</summary>
/// <param name="Step">The one that stopped it: the learner whose loss this is was not updated, those before it in their order were.</param>
/// <param name="Batches">The utterances of each of its micro-batches.</param>
internal sealed record HaltReport(long Step, IReadOnlyList<string> Batches, double Loss, double GradientNorm)
{
    /// <summary>Where losses stayed too high.</summary>
    public LossSpike? Spike { get; init; }

    public const string FileName = "halt.json";

    private static readonly JsonSerializerOptions Format = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
        WriteIndented = true,
    };

    public void Write(string folder) => DurableFile.Write(Path.Combine(folder, FileName), JsonSerializer.SerializeToUtf8Bytes(this, Format));
}
