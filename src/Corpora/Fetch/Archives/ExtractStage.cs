using Tmrvc.BuildGraph;
using Tmrvc.Configuration;

namespace Tmrvc.Corpora;

/// <summary>Unpacks archives (zip, tar.gz) into one tree. Nothing an archive says makes it write anywhere else.</summary>
/// <param name="archives">Files, as <see cref="DownloadStage.FilesOf"/> names them.</param>
/// <param name="expectedBytes">About what they unpack to, for the check of free space; 0 when nobody knows.</param>
public sealed class ExtractStage(StageId id, ExtractSettings settings, IReadOnlyList<StageInput> archives, long expectedBytes = 0)
    : ActionStage(id)
{
    /// <summary>The one output: the entries that were asked for, at the paths they have in the archives.</summary>
    public const string Files = "files";

    public override string Description => "Unpacks " + string.Join(", ", archives.Select(archive => archive.Name));

    public override int Version => 1;

    public override IReadOnlyList<StageInput> Inputs => archives;

    public override IReadOnlyList<string> Outputs => [Files];

    public override object Settings => settings;

    public override StageResources Resources => new() { Cores = Workers };

    private int Workers => WorkerCount.Of(settings.Workers);

    /// <exception cref="ArchiveException">An archive is damaged or hostile, or holds nothing that was asked for.</exception>
    /// <exception cref="FetchException">The device has too little room.</exception>
    public override Task RunAsync(StageRun run, CancellationToken cancellation)
    {
        var extraction = new Extraction(settings, run.Output(Files), Workers, expectedBytes);
        return extraction.RunAsync([.. archives.Select(archive => (archive.Name, run.Input(archive.Name)))], run, cancellation);
    }
}
