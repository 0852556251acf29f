using Tmrvc.BuildGraph;
using Tmrvc.Configuration;
using Tmrvc.Corpora;

namespace Tmrvc.Features;

/// <summary>The section <c>pretrained</c> of configs/models.yaml: networks of others that the profile uses, as ONNX files.</summary>
public sealed record PretrainedSettings : IValidated
{
    /// <summary>Names of <see cref="Files"/>; none where the embedded extractors do.</summary>
    public IReadOnlyList<string> InUse { get; init; } = [];

    /// <summary>What is known of each file, in use or not, by the network's name.</summary>
    [RuntimeOnly]
    public IReadOnlyDictionary<string, RemoteFile> Files { get; init; } = new Dictionary<string, RemoteFile>();

    [RuntimeOnly]
    public RangedTransferSettings Transfer { get; init; } = new();

    /// <summary>The stage that brings the files in use.</summary>
    public DownloadStage Fetching(StageId id, string folder, Func<HttpClient> connect, TimeProvider clock) =>
        new(id, new DownloadSettings { Files = [.. InUse.Select(name => Files[name])], Transfer = Transfer }, folder, connect, clock);

    /// <summary>A network in use, as input of another stage, under the network's name.</summary>
    public StageInput Of(string network, StageId fetching) => new StageInput.Output(network, fetching, Files[network].Name);

    public IEnumerable<(string Property, string Message)> Mistakes()
    {
        foreach (var name in InUse.Except(Files.Keys))
            yield return ("in_use", $"unknown network '{name}'; {ClosestName.Advice(name, [.. Files.Keys])}");
        foreach (var twice in InUse.GroupBy(name => name).Where(group => group.Count() > 1))
            yield return ("in_use", $"'{twice.Key}' is listed {twice.Count()} times, once is allowed");
        foreach (var (name, file) in Files)
            foreach (var (property, message) in file.Mistakes())
                yield return ($"files.{name}.{property}", message);
    }
}
