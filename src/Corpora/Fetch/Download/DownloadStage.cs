using Tmrvc.BuildGraph;

namespace Tmrvc.Corpora;

/// <summary>
/// Brings files here and checks them. Each file is an output of its own, so the lock file names its SHA-256; where no checksum is
/// published, that is the pin which a later download must meet.
/// </summary>
/// <param name="folder">Absolute path of data/raw/&lt;corpus&gt;: partial and finished files are kept there, and files placed by hand found.</param>
/// <param name="connect">Called when something is to be downloaded; the client is disposed of afterwards.</param>
public sealed class DownloadStage(
    StageId id, DownloadSettings settings, string folder, Func<HttpClient> connect, TimeProvider clock) : ActionStage(id)
{
    // 100 Mbit/s.
    private const double UsualBytesPerSecond = 12.5e6;

    public override string Description => "Downloads " + (settings.Files.Count == 1 ? settings.Files[0].Name : $"{settings.Files.Count} files");

    public override int Version => 1;

    public override IReadOnlyList<StageInput> Inputs => [];

    public override IReadOnlyList<string> Outputs => [.. settings.Files.Select(file => file.Name)];

    public override object Settings => settings;

    public override string? ConfinedBy => settings.Licence.Redistributable
        ? null
        : $"the licence of {string.Join(", ", settings.Files.Select(file => file.Name))} ({settings.Licence.Name})";

    public override StageResources Resources => new()
    {
        NetworkSlots = 1, ExpectedHours = settings.Files.Sum(file => file.Bytes) / UsualBytesPerSecond / 3600,
    };

    /// <summary>The files as inputs of another stage, each under its name.</summary>
    public static IReadOnlyList<StageInput> FilesOf(StageId download, DownloadSettings settings) =>
        [.. settings.Files.Select(file => new StageInput.Output(file.Name, download, file.Name))];

    public override Task RunAsync(StageRun run, CancellationToken cancellation) =>
        new FileDownloads(settings, folder, connect, clock, run).RunAsync(cancellation);
}
