using Tmrvc.BuildGraph;
using Tmrvc.Configuration;
using Tmrvc.Corpora;

namespace Tmrvc.Features;

/// <summary>The section <c>pretrained</c> of configs/models.yaml: networks of others, as ONNX files. Which are in use follows from other sections.</summary>
public sealed record PretrainedSettings : IValidated
{
    /// <summary>What is known of each file, in use or not, by the network's name.</summary>
    public IReadOnlyDictionary<string, RemoteFile> Files { get; init; } = new Dictionary<string, RemoteFile>();

    public RangedTransferSettings Transfer { get; init; } = new();

    /// <summary>The stage that brings the files of <paramref name="networks"/>.</summary>
    public DownloadStage Fetching(StageId id, IEnumerable<string> networks, string folder, Func<HttpClient> connect, TimeProvider clock) =>
        new(id, new DownloadSettings { Files = [.. networks.Select(name => Files[name])], Transfer = Transfer }, folder, connect, clock);

    /// <summary>Networks as inputs of another stage, under their names.</summary>
    public IReadOnlyList<StageInput> Of(IEnumerable<string> networks, StageId fetching) =>
        [.. networks.Select(name => new StageInput.Output(name, fetching, Files[name].Name))];

    /// <summary>The networks among <paramref name="wanted"/> whose files are not known, as mistakes of who wants them.</summary>
    public IEnumerable<(string Property, string Message)> Missing(string section, IEnumerable<string> wanted) =>
        wanted.Except(Files.Keys).Select(name => (section, $"needs the network '{name}', of which pretrained.files knows nothing; describe it there"));

    public IEnumerable<(string Property, string Message)> Mistakes()
    {
        foreach (var (name, file) in Files)
            foreach (var (property, message) in file.Mistakes())
                yield return ($"files.{name}.{property}", message);
    }
}
