using Tmrvc.EndToEnd.Harness;

namespace Tmrvc.EndToEnd;

/// <summary>A request or configuration that is wrong: exit code 2, every mistake with its place, nothing runs.</summary>
[Category("EndToEnd")]
public sealed class UsageMistakeTests
{
    private Workspace _workspace = null!;

    [SetUp]
    public void Begin() => _workspace = SharedWorkspaces.WithCorpus();

    [TearDown]
    public void NothingHasRun()
    {
        var artifacts = Directory.Exists(_workspace.Artifacts) ? Directory.GetFileSystemEntries(_workspace.Artifacts) : [];
        _workspace.Dispose();
        Assert.That(artifacts, Is.Empty, "left in artifacts");
    }

    [Test]
    public void An_unknown_target_is_refused_with_the_closest_name()
    {
        var refused = _workspace.Run("--target=Phase9").With(code: 2);

        Assert.That(refused.Errors, Has.Some.Contains("Phase9").And.Some.Contains("Phase0"));
    }

    [Test]
    public void An_unknown_profile_is_refused_with_those_there_are()
    {
        using var process = FrontDoorProcess.Start([Checkout.FrontDoor(), "--profile=smokey"], _workspace.Root, _workspace.Limit);

        Assert.That(process.Finish().With(code: 2).Errors, Has.Some.Contains("--profile=smokey").And.Some.Contains("smoke"));
    }

    [Test]
    public void An_unknown_option_is_refused()
    {
        Assert.That(_workspace.Run("--dryrum").With(code: 2).Errors, Has.Some.Contains("--dryrum").And.Some.Contains("dryrun"));
    }

    [Test]
    public void An_unknown_key_is_refused_with_file_and_line()
    {
        _workspace.Edit("train_teacher.yaml", "    clip_norm: 1.0", "    clip_nrom: 1.0");

        Assert.That(_workspace.Run().With(code: 2).Errors, Has.Some.Contains(Place("train_teacher.yaml", "clip_nrom")));
    }

    [Test]
    public void A_wrong_type_is_refused_with_file_and_line()
    {
        _workspace.Edit("profiles/mini.yaml", "    batch_size: 4\n    frames", "    batch_size: four\n    frames");

        Assert.That(_workspace.Run().With(code: 2).Errors, Has.Some.Contains(Place("profiles/mini.yaml", "batch_size: four")).And.Some.Contains("whole number"));
    }

    [Test]
    public void All_mistakes_of_all_files_are_listed_at_once()
    {
        _workspace.Edit("train_teacher.yaml", "    clip_norm: 1.0", "    clip_nrom: 1.0");
        _workspace.Edit("profiles/mini.yaml", "    lr: 2e-3", "    lr: fast");
        _workspace.Edit("constants.yaml", "n_fft: 1024", "n_fft: [1024]");

        var errors = _workspace.Run("--set", "evaluation.stepps=3").With(code: 2).Errors;

        Assert.That(errors, Has.Some.Contains(Place("train_teacher.yaml", "clip_nrom")));
        Assert.That(errors, Has.Some.Contains(Place("profiles/mini.yaml", "lr: fast")));
        Assert.That(errors, Has.Some.Contains(Place("constants.yaml", "n_fft: [1024]")));
        Assert.That(errors, Has.Some.Contains("evaluation.stepps"));
    }

    [Test]
    public void A_file_that_is_no_YAML_is_refused_with_file_and_line()
    {
        _workspace.Edit("models.yaml", "speaker_encoder:", "speaker_encoder: {");

        Assert.That(_workspace.Run().With(code: 2).Errors, Has.Some.Contains("configs/models.yaml:"));
    }

    /// <summary>The beginning of a mistake: the file as people know it, and the line that holds the text.</summary>
    private string Place(string file, string text)
    {
        var lines = File.ReadAllLines(Path.Combine(_workspace.Root, "configs", file));
        return $"configs/{file}:{Array.FindIndex(lines, line => line.Contains(text)) + 1}:";
    }
}
