namespace Tmrvc.Corpora;

/// <summary>Brings the packages of the embedded corpus here and lays out their contents.</summary>
/// <param name="rawFolder">Absolute; package files are kept here, and taken from here when a person placed them.</param>
/// <param name="scratch">Absolute; may be deleted afterwards.</param>
/// <param name="aptGet">Program name or path.</param>
internal sealed class PromptsFetch(
    FetchPromptsSettings settings, string rawFolder, string scratch, TimeProvider clock, Action<string> report,
    string aptGet = "apt-get")
{
    /// <exception cref="FetchException">A package is neither here nor to be had.</exception>
    internal async Task RunAsync(string target, IProgress<BuildGraph.StageProgress> progress, CancellationToken cancellation)
    {
        var fetch = new PackagesFetch(settings.Packages, settings.Transfer, rawFolder, scratch, clock, report, aptGet);
        PromptsTree.Arrange(await fetch.UnpackAsync(progress, cancellation), target);
    }
}
