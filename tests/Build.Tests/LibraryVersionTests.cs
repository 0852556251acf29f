using Tmrvc.Build.Tests.Support;
using Tmrvc.BuildGraph;
using Tmrvc.Configuration;

namespace Tmrvc.Build.Tests;

public sealed class LibraryVersionTests
{
    private static IReadOnlyList<Stage> Stages() => [.. new PipelineGraph(
        ConfigurationLoader.Load<PipelineConfiguration>(new ConfigurationFiles(Repository.Root).Read("smoke", Repository.Root), []),
        Repository.Root, TimeProvider.System).Compose().Stages];

    [TestCase("PreprocessPrompts", "sndfile", "spandsp", "soxr", "ebur128", "onnxruntime")]
    [TestCase("FeaturesPrompts", "sndfile", "fftw")]
    [TestCase("SpeakerEncoder", "libtorch")]
    [TestCase("Phase0", "libtorch")]
    [TestCase("EvaluatePhase0", "libtorch", "sndfile", "fftw")]
    public void A_new_library_does_not_leave_every_stage_fresh(string stage, params string[] libraries) => Assert.That(
        Stages().Single(s => s.Id.Value == stage).Inputs.OfType<StageInput.Tool>().Select(tool => tool.Name), Is.EquivalentTo(libraries));

    [Test]
    public void Every_library_tells_its_version() =>
        Assert.That(Stages().SelectMany(stage => stage.Inputs).OfType<StageInput.Tool>().Select(tool => tool.Version), Has.None.Empty);

    /// <summary>The dynamic linker says what it loads.</summary>
    [Test]
    public void No_library_is_loaded_to_plan()
    {
        var run = FrontDoorRun.Of(Repository.Root, new Dictionary<string, string> { ["LD_DEBUG"] = "files" }, "--dryrun");

        Assert.That(run.Errors, Has.Some.Contains("libcoreclr"));
        Assert.That(run.Errors, Has.None.Match("torch_cpu|TorchSharpNative|soxr|sndfile|spandsp|fftw|ebur128|libonnxruntime"));
    }

    [Test]
    public void The_operators_behind_the_networks_are_not_invisible_to_guarantee_5()
    {
        var folders = Stages().ToDictionary(stage => stage.Id.Value, StageSources.OfProjects.Folders);
        Assert.That(folders["Phase0"], Does.Contain("src/Compat/TorchSharp"));
        Assert.That(folders.Values.SelectMany(f => f).Distinct().Where(f => !Directory.Exists(Path.Combine(Repository.Root, f))), Is.Empty);
    }
}
