using Tmrvc.BuildGraph;

namespace Tmrvc.Corpora;

/// <summary>Fetches a Debian package, which is not installed, and keeps one folder of it.</summary>
/// <param name="contents">What the folder holds, for people: "the phones' acoustic model".</param>
/// <param name="rawFolder">Absolute path of the folder that the package is kept in, below data/raw.</param>
public sealed class PackageFolderStage(
    StageId id, PackageFolderSettings settings, string contents, string rawFolder, TimeProvider clock) : ActionStage(id)
{
    /// <summary>The one output: the folder, and the package's licence as <see cref="Licence"/> in it.</summary>
    public const string Folder = "folder";

    public const string Licence = "copyright";

    public override string Description => $"Fetches {contents}";

    public override int Version => 1;

    public override IReadOnlyList<StageInput> Inputs => [];

    public override IReadOnlyList<string> Outputs => [Folder];

    public override object Settings => settings;

    public override StageResources Resources => new() { NetworkSlots = 1, ExpectedHours = 0.01 };

    /// <exception cref="FetchException">The package is neither here nor to be had, or has no such folder.</exception>
    public override async Task RunAsync(StageRun run, CancellationToken cancellation)
    {
        var fetch = new PackagesFetch([settings.Package], settings.Transfer, rawFolder, run.Scratch, clock, run.Log);
        var tree = await fetch.UnpackAsync(run.Progress, cancellation);
        var source = Path.Combine(tree, settings.Folder);
        if (!Directory.Exists(source))
            throw new FetchException($"{settings.Package.FileName}: has no folder {settings.Folder}; name one that dpkg-deb -c shows");
        Directory.Move(source, run.Output(Folder));
        var licence = Path.Combine(tree, "usr/share/doc", settings.Package.Name, "copyright");
        if (File.Exists(licence))
            File.Copy(licence, Path.Combine(run.Output(Folder), Licence));
    }
}
