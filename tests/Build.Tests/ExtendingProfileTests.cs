using System.Text.Json;
using Tmrvc.Build.Tests.Support;
using Tmrvc.Configuration;

namespace Tmrvc.Build.Tests;

/// <summary>Profiles that say <c>extends</c>, as files beside those of the repository.</summary>
public sealed class ExtendingProfileTests
{
    private readonly string _root = Directory.CreateTempSubdirectory("profiles-").FullName;

    private ConfigurationFiles Configurations => new(_root);

    [SetUp]
    public void CopyTheConfiguration()
    {
        foreach (var file in Repository.Files("*.yaml", "configs"))
            Write(file, File.ReadAllText(Path.Combine(Repository.Root, file)));
    }

    [TearDown]
    public void DeleteIt() => Directory.Delete(Path.Combine(_root, "configs"), recursive: true);

    [OneTimeTearDown]
    public void DeleteAll() => Directory.Delete(_root, recursive: true);

    [Test]
    public void A_profile_that_only_extends_another_means_the_same()
    {
        WriteProfile("mine", "extends: smoke\n");

        Assert.That(Graph("mine"), Is.EqualTo(Graph("smoke")).And.Not.EqualTo(Graph("hour")));
    }

    [Test]
    public void What_it_says_itself_lies_over_what_it_extends_key_by_key_and_lists_whole()
    {
        WriteProfile("mine", "extends: smoke\ndatasets: [prompts, folder]\nfolder: {path: data/raw/voices}\nphases: {0: {lr: 3e-4}}\n");
        WriteProfile("yours", "extends: mine\ndatasets: [folder]\nphases: {0: {steps: 700}}\n");

        var (smoke, yours) = (Load("smoke").Phases["0"], Load("yours"));

        Assert.That(yours.Datasets, Is.EqualTo(new[] { "folder" }));
        Assert.That(yours.Folder?.Path, Is.EqualTo("data/raw/voices"));
        Assert.That((yours.Phases["0"].Steps, yours.Phases["0"].Lr), Is.EqualTo((700, 3e-4)));
        Assert.That((yours.Phases["0"].BatchSize, yours.Phases["0"].Preset), Is.EqualTo((smoke.BatchSize, smoke.Preset)));
    }

    [Test]
    public void A_profile_elsewhere_extends_one_of_the_repository_or_one_beside_it()
    {
        Write("elsewhere/base.yaml", "extends: smoke\nphases: {0: {steps: 700}}\n");
        Write("elsewhere/mine.yaml", "extends: base\nphases: {0: {lr: 3e-4}}\n");

        var phase = ConfigurationLoader.Load<PipelineConfiguration>(Configurations.Read("mine.yaml", Path.Combine(_root, "elsewhere")), []).Phases["0"];

        Assert.That((phase.Steps, phase.Lr, phase.Preset), Is.EqualTo((700, 3e-4, "tiny")));
    }

    [Test]
    public void A_job_reads_the_same_from_a_copy_of_the_files()
    {
        Write("elsewhere/base.yaml", "extends: smoke\nphases: {0: {steps: 700}}\n");
        Write("elsewhere/mine.yaml", "extends: base\n");
        foreach (var (name, text) in Configurations.Files("elsewhere/mine.yaml", _root))
            Write($"copy/{name}", text);

        var copied = new ConfigurationFiles(_root, "copy").Read("mine", _root);

        Assert.That(copied.Select(layer => layer.Yaml), Is.EqualTo(Configurations.Read("elsewhere/mine.yaml", _root).Select(layer => layer.Yaml)));
    }

    [Test]
    public void A_mistake_points_to_the_file_that_the_value_stands_in()
    {
        WriteProfile("base", "extends: smoke\nphases:\n  0: {lr: fast}\n");
        WriteProfile("mine", "extends: base\n\nspeaker_encoder: {stepz: 3}\n");

        Assert.That(() => Load("mine"), Throws.TypeOf<ConfigurationException>().With.Message
            .StartsWith("configs/profiles/base.yaml:3:11: phases.0.lr: found 'fast', allowed is a number\n"
                + "configs/profiles/mine.yaml:3:19: speaker_encoder.stepz: unknown key; did you mean 'steps'?"));
    }

    [TestCase("extends: smok", "configs/profiles/mine.yaml:1:10: extends: found 'smok', an unknown profile; did you mean 'smoke'? Known: full, hour, mine, smoke.")]
    [TestCase("\nextends: ../profiles/smoke", "configs/profiles/mine.yaml:2:10: extends: found '../profiles/smoke', an unknown profile; Known: full, hour, mine, smoke.")]
    [TestCase("extends: mine", "configs/profiles/mine.yaml:1:10: extends: found 'mine', which extends itself: mine → mine. Known: full, hour, mine, smoke.")]
    public void What_cannot_be_extended_is_told_with_its_place(string profile, string expected)
    {
        WriteProfile("mine", profile);

        Assert.That(Mistakes("mine"), Is.EqualTo(new[] { expected }));
    }

    [Test]
    public void Profiles_that_extend_each_other_are_told_as_a_circle()
    {
        WriteProfile("one", "extends: two");
        WriteProfile("two", "# round\nextends: one");

        Assert.That(Mistakes("one"), Is.EqualTo(new[]
        {
            "configs/profiles/two.yaml:2:10: extends: found 'one', which extends itself: one → two → one. Known: full, hour, one, smoke, two.",
        }));
    }

    [Test]
    public void Two_files_of_one_name_would_share_their_results_and_are_refused()
    {
        Write("elsewhere/smoke.yaml", "extends: smoke");

        Assert.That(Mistakes("elsewhere/smoke.yaml"), Is.EqualTo(new[]
        {
            "elsewhere/smoke.yaml:1:10: extends: found 'smoke', and results of elsewhere/smoke.yaml are filed under that name too; rename that file",
        }));
    }

    [Test]
    public void Only_a_profile_extends()
    {
        Write("configs/datasets.yaml", "extends: smoke\n" + File.ReadAllText(Path.Combine(_root, "configs", "datasets.yaml")));

        Assert.That(Mistakes("smoke"), Is.EqualTo(new[] { "configs/datasets.yaml:1:10: extends: found 'smoke'; only a profile can extend another" }));
        Assert.That(FrontDoorRun.Of(Repository.Root, "--dryrun", "--set", "extends=hour").Errors, Does.Contain(
            "--set extends=hour: only a profile's file can extend another; choose the profile by --profile=hour"));
    }

    private IReadOnlyList<string> Mistakes(string profile) => Assert.Throws<UsageException>(() => Configurations.Read(profile, _root))!.Mistakes;

    private PipelineConfiguration Load(string profile) => ConfigurationLoader.Load<PipelineConfiguration>(Configurations.Read(profile, _root), []);

    /// <summary>All that enters keys, by stage.</summary>
    private string[] Graph(string profile) =>
    [
        .. new PipelineGraph(Load(profile), Repository.Root, TimeProvider.System).Compose().Stages
            .Select(stage => $"{stage.Id}: {JsonSerializer.Serialize(stage.Settings)}"),
    ];

    private void WriteProfile(string name, string text) => Write($"configs/profiles/{name}.yaml", text);

    private void Write(string path, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(_root, path))!);
        File.WriteAllText(Path.Combine(_root, path), text);
    }
}
