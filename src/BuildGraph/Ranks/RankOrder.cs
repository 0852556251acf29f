using System.Text.Json;

namespace Tmrvc.BuildGraph;

/// <summary>What the processes of a training are told: a stage's run, as paths. One file for all of them.</summary>
/// <param name="Inputs">By name.</param>
/// <param name="Output">Folder that rank 0 writes the outputs into.</param>
/// <param name="Scratch">Holds a folder for each rank.</param>
internal sealed record RankOrder(
    string Stage, IReadOnlyDictionary<string, string> Inputs, string Output, string Checkpoints, string Events, string Scratch, string Unfinished, string Rendezvous)
{
    public static RankOrder Read(string path) => JsonSerializer.Deserialize<RankOrder>(File.ReadAllBytes(path))!;

    public void Write(string path) => File.WriteAllBytes(path, JsonSerializer.SerializeToUtf8Bytes(this));
}
