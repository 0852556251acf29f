using Tmrvc.BuildGraph;
using Tmrvc.Corpora;

namespace Tmrvc.Features.Tests;

public sealed class PretrainedSettingsTests
{
    private static readonly PretrainedSettings Settings = new()
    {
        Files = new Dictionary<string, RemoteFile>
        {
            ["contentvec"] = new() { Name = "vec-768-layer-12.onnx" },
            ["rmvpe"] = new() { Name = "rmvpe.onnx" },
        },
    };

    [Test]
    public void Only_the_networks_in_use_are_fetched_and_each_is_an_input_by_name()
    {
        var networks = new FeaturesSettings { F0 = F0Kind.Rmvpe }.Networks();

        Assert.That(Settings.Fetching("FetchModels", networks, "/models", DownloadClient.Create, TimeProvider.System).Outputs, Is.EqualTo(["rmvpe.onnx"]));
        Assert.That(Settings.Of(networks, "FetchModels"), Is.EqualTo([new StageInput.Output("rmvpe", "FetchModels", "rmvpe.onnx")]));
    }

    [Test]
    public void The_embedded_extractors_need_no_network() => Assert.That(new FeaturesSettings().Networks(), Is.Empty);

    [Test]
    public void Unknown_networks_and_mistakes_in_files_are_told()
    {
        var wanted = new FeaturesSettings { Content = ContentKind.ContentVec, F0 = F0Kind.Rmvpe }.Networks();
        var mistaken = new PretrainedSettings { Files = new Dictionary<string, RemoteFile> { ["rmvpe"] = new() { Name = "" } } };

        Assert.That(mistaken.Mistakes().Select(mistake => mistake.Property), Is.EqualTo(["files.rmvpe.name"]));
        Assert.That(mistaken.Missing("features", wanted), Is.EqualTo(
            [("features", "needs the network 'contentvec', of which pretrained.files knows nothing; describe it there")]));
    }
}
