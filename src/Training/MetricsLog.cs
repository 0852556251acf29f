using System.Text;
using System.Text.Json.Nodes;

namespace Tmrvc.Training;

/// <summary>
/// metrics.jsonl: one JSON object per line, a pure function of the phase: no times, no rates. Each checkpoint keeps the lines
/// up to its step, and a resumed run goes on from those.
/// </summary>
public sealed class MetricsLog(string path) : IDisposable
{
    public const string FileName = "metrics.jsonl";

    /// <summary>Of the lines that hold a validation.</summary>
    internal const string ValidationLoss = Validation + "loss";

    /// <summary>Before the name of what was taken over the validation batches.</summary>
    internal const string Validation = "validation_";

    private readonly FileStream _stream = new(path, FileMode.Append, FileAccess.Write, FileShare.Read);

    /// <summary>The lines of a file; none where there is no file.</summary>
    /// <param name="last">At most so many, those at its end.</param>
    internal static IEnumerable<JsonObject> Read(string path, int last = int.MaxValue) =>
        File.Exists(path) ? File.ReadLines(path).TakeLast(last).Select(line => JsonNode.Parse(line)!.AsObject()) : [];

    public void Write(IEnumerable<(string Name, JsonNode Value)> entries)
    {
        var line = new JsonObject(entries.Select(e => KeyValuePair.Create(e.Name, (JsonNode?)e.Value)));
        _stream.Write(Encoding.UTF8.GetBytes(line.ToJsonString() + "\n"));
    }

    /// <summary>Copies all lines so far and waits until the copy is on the disk.</summary>
    public void CopyTo(string copy)
    {
        _stream.Flush();
        DurableFile.Write(copy, File.ReadAllBytes(path));
    }

    public void Dispose() => _stream.Dispose();
}
