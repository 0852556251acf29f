using Tmrvc.Audio;
using Tmrvc.Corpora;
using Tmrvc.SafeTensors;

namespace Tmrvc.Features;

/// <summary>
/// The impulse responses of one or several corpora, memory-mapped: spans point into the files and live until <see cref="Dispose"/>.
/// Responses are addressed by their position in <see cref="Responses"/>. Safe for readers on several threads.
/// </summary>
public sealed class ImpulseResponseShards : IDisposable
{
    private readonly List<ResponseEntry> _responses = [];
    private readonly List<Lazy<SafeTensorsFile>> _fileOf = [];

    private ImpulseResponseShards(IReadOnlyList<string> folders)
    {
        foreach (var folder in folders)
            Join(folder);
    }

    /// <summary>Corpus by corpus as given to <see cref="Open"/>, each by id (ordinal).</summary>
    public IReadOnlyList<ResponseEntry> Responses => _responses;

    /// <summary>Opens the folders that <see cref="ImpulseResponsesStage"/> and <see cref="SyntheticRoomsStage"/> left.</summary>
    /// <exception cref="InvalidDataException">An index is broken, or two folders are of one corpus.</exception>
    public static ImpulseResponseShards Open(params IReadOnlyList<string> folders) => new(folders);

    /// <summary>Positions in <see cref="Responses"/> of one split.</summary>
    public IEnumerable<int> Of(Split split) => Enumerable.Range(0, _responses.Count).Where(i => _responses[i].Split == split);

    /// <summary>[N]; the direct sound is sample <see cref="ResponseEntry.Direct"/>.</summary>
    public ReadOnlySpan<float> Samples(int response) => _fileOf[response].Value.Floats(ResponseTensors.Samples(_responses[response].Id));

    public ImpulseResponseParameters Parameters(int response)
    {
        var file = _fileOf[response].Value;
        return new(
            file.Floats(ResponseTensors.Parameters(_responses[response].Id)).ToArray(),
            file.Floats(ResponseTensors.Mask(_responses[response].Id)).ToArray());
    }

    private void Join(string folder)
    {
        var entries = JsonLines.Read<ResponseEntry>(Path.Combine(folder, ResponseEntry.File));
        if (entries.FirstOrDefault(entry => _responses.Any(other => other.Corpus == entry.Corpus)) is { } twice)
            throw new InvalidDataException($"{folder}: corpus '{twice.Corpus}' is already in a folder opened before; give each corpus once");
        var files = entries.Select(entry => entry.Shard).Distinct().ToDictionary(
            shard => shard, shard => new Lazy<SafeTensorsFile>(() => SafeTensorsFile.Open(Path.Combine(folder, shard))));
        _responses.AddRange(entries);
        _fileOf.AddRange(entries.Select(entry => files[entry.Shard]));
    }

    public void Dispose()
    {
        foreach (var file in _fileOf.Distinct().Where(file => file.IsValueCreated))
            file.Value.Dispose();
    }
}
