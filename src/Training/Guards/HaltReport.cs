using System.Text.Json;
using System.Text.Json.Serialization;

namespace Tmrvc.Training;

/// <summary>halt.json beside the checkpoints: what a guard stopped a training for.</summary>
/// <param name="Step">The one that was not taken.</param>
/// <param name="Batches">The utterances of each of its micro-batches.</param>
internal sealed record HaltReport(long Step, IReadOnlyList<string> Batches, double Loss, double GradientNorm, double Limit)
{
    public const string FileName = "halt.json";

    private static readonly JsonSerializerOptions Format = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
        WriteIndented = true,
    };

    public void Write(string folder) => DurableFile.Write(Path.Combine(folder, FileName), JsonSerializer.SerializeToUtf8Bytes(this, Format));
}
