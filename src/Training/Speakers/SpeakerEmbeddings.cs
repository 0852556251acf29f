using Tmrvc.SafeTensors;

namespace Tmrvc.Training;

/// <summary>
/// One embedding per utterance in one safetensors file: the tensor <c>embeddings</c> [N, 192], its rows in the order of the ids in
/// the metadata (ordinal, one a line). A tensor per utterance would make the header larger than the data.
/// </summary>
public sealed class SpeakerEmbeddings : IDisposable
{
    private const string TensorName = "embeddings";
    private const string IdsKey = "ids";

    private readonly SafeTensorsFile _file;
    private readonly Dictionary<string, int> _rows;

    private SpeakerEmbeddings(SafeTensorsFile file)
    {
        _file = file;
        Ids = file.Metadata[IdsKey].Split('\n');
        _rows = Ids.Select((id, row) => (id, row)).ToDictionary(e => e.id, e => e.row);
        Dimension = (int)file[TensorName].Shape[1];
    }

    /// <summary>Utterances, ordinal order.</summary>
    public IReadOnlyList<string> Ids { get; }

    public int Dimension { get; }

    /// <exception cref="InvalidDataException">The file holds no embeddings.</exception>
    public static SpeakerEmbeddings Open(string path)
    {
        var file = SafeTensorsFile.Open(path);
        if (file.Contains(TensorName) && file.Metadata.ContainsKey(IdsKey)) return new SpeakerEmbeddings(file);
        file.Dispose();
        throw new InvalidDataException($"{path}: no tensor '{TensorName}' with '{IdsKey}' in the metadata; a speaker encoder stage writes both.");
    }

    public static void Save(string path, IReadOnlyDictionary<string, float[]> embeddings)
    {
        var ordered = embeddings.OrderBy(e => e.Key, StringComparer.Ordinal).ToList();
        var metadata = new Dictionary<string, string> { [IdsKey] = string.Join('\n', ordered.Select(e => e.Key)) };
        new SafeTensorsWriter(metadata)
            .Add(TensorName, [.. ordered.SelectMany(e => e.Value)], ordered.Count, ordered[0].Value.Length)
            .Save(path);
    }

    /// <summary>[192], unit length; points into the file.</summary>
    /// <exception cref="KeyNotFoundException">The utterance has none.</exception>
    public ReadOnlySpan<float> Of(string utterance) => _rows.TryGetValue(utterance, out var row)
        ? _file.Floats(TensorName).Slice(row * Dimension, Dimension)
        : throw new KeyNotFoundException($"{_file.Path}: no embedding of utterance '{utterance}' among {Ids.Count}; run the speaker encoder on these features.");

    public void Dispose() => _file.Dispose();
}
