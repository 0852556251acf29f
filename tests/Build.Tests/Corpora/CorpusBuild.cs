using Tmrvc.Build.Tests.Support;
using Tmrvc.BuildGraph;
using Tmrvc.Configuration;
using Tmrvc.Corpora;
using Tmrvc.Support;

namespace Tmrvc.Build.Tests.Corpora;

/// <summary>The stages of one published corpus as the front door composes them from configs/, over archives on an unreliable server.</summary>
internal sealed class CorpusBuild(string section, string title) : IAsyncDisposable
{
    private readonly FaultyFileServer _server = new(FileFaultPlans.Unreliable(seed: 3));

    public string Root { get; } = Directory.CreateTempSubdirectory("corpus-").FullName;

    public FaultyFileServer Server => _server;

    /// <summary>Where the corpus' archives are kept, and placed by hand.</summary>
    public string Raw => Directory.CreateDirectory(Path.Combine(Root, "data", "raw", section)).FullName;

    /// <summary>For what the test makes.</summary>
    public string Folder(string name) => Directory.CreateDirectory(Path.Combine(Root, "made", name)).FullName;

    /// <param name="files">Lines of <c>fetch.files</c>.</param>
    /// <param name="isServed">Whether the server is a mirror of the corpus.</param>
    public Task<RunSummary> RunAsync(IEnumerable<string> files, bool isServed = true)
    {
        var engine = new Engine(
            new PipelineGraph(Configuration(files, isServed), Root, TimeProvider.System).Compose(),
            new EngineOptions { Root = Root, Profile = "corpus", Clock = TimeProvider.System });
        return engine.Start([Stage("Features")], RunOptions.Default, new SilentObserver()).Finished;
    }

    public StageId Stage(string verb) => new(verb + title);

    private PipelineConfiguration Configuration(IEnumerable<string> files, bool isServed) =>
        ConfigurationLoader.Load<PipelineConfiguration>(
            [
                .. new ConfigurationFiles(Repository.Root).Read("smoke", Repository.Root),
                new ConfigurationLayer("corpus.yaml", $$"""
                    datasets: [{{section}}]
                    {{section}}:
                      fetch:
                        mirrors: [{{(isServed ? $"'{_server.Address}'" : "")}}]
                        files: [{{string.Join(", ", files)}}]
                        extracted_bytes: 0
                        transfer: {part_mebibytes: 0.0625, connections: 3, first_pause_seconds: 0}
                      preprocess: {min_seconds: 0.5}
                    """),
            ], []);

    /// <summary>Files a build set aside, with the reasons.</summary>
    public Dictionary<string, string> Quarantine(RunSummary run) =>
        JsonLines.Read<QuarantinedItem>(run[Stage("Preprocess")].OutputPath(PreprocessStage.Quarantine)).ToDictionary(item => item.Id, item => item.Reason);

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        Directory.Delete(Root, recursive: true);
    }
}
