using Tmrvc.BuildGraph;
using Tmrvc.Corpora;

namespace Tmrvc.Features.Tests;

public sealed class PretrainedSettingsTests
{
    private static readonly PretrainedSettings Settings = new()
    {
        InUse = ["rmvpe"],
        Files = new Dictionary<string, RemoteFile>
        {
            ["contentvec"] = new() { Name = "vec-768-layer-12.onnx" },
            ["rmvpe"] = new() { Name = "rmvpe.onnx" },
        },
    };

    [Test]
    public void Only_the_networks_in_use_are_fetched_and_each_can_be_asked_for_by_name()
    {
        var fetching = Settings.Fetching("FetchModels", "/models", DownloadClient.Create, TimeProvider.System);

        Assert.That(fetching.Outputs, Is.EqualTo(["rmvpe.onnx"]));
        Assert.That(Settings.Of("rmvpe", fetching.Id), Is.EqualTo(new StageInput.Output("rmvpe", "FetchModels", "rmvpe.onnx")));
    }

    [Test]
    public void Unknown_networks_and_mistakes_in_files_are_listed_together()
    {
        var mistaken = Settings with
        {
            InUse = ["rmvpe", "rmvpe", "ecap"],
            Files = new Dictionary<string, RemoteFile> { ["rmvpe"] = new() { Name = "" }, ["ecapa"] = new() { Name = "ecapa.onnx" } },
        };

        Assert.That(mistaken.Mistakes().Select(mistake => mistake.Property), Is.EqualTo(["in_use", "in_use", "files.rmvpe.name"]));
        Assert.That(mistaken.Mistakes().First().Message, Is.EqualTo("unknown network 'ecap'; did you mean 'ecapa'? Known: ecapa, rmvpe."));
    }
}
