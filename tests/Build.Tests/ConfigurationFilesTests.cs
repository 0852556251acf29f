using Tmrvc.Build.Tests.Support;
using Tmrvc.Configuration;

namespace Tmrvc.Build.Tests;

public sealed class ConfigurationFilesTests
{
    private readonly ConfigurationFiles _files = new(Repository.Root);

    [TestCase("smoke")]
    [TestCase("full")]
    public void Each_profile_of_the_repository_is_free_of_mistakes_and_gives_a_valid_graph(string profile)
    {
        var configuration = ConfigurationLoader.Load<PipelineConfiguration>(_files.Read(profile, Repository.Root), []);

        Assert.That(configuration.Constants.SampleRate, Is.EqualTo(24000));
        Assert.That(() => new PipelineGraph(configuration, Repository.Root, TimeProvider.System).Compose(), Throws.Nothing);
    }

    [Test]
    public void A_profile_may_be_a_file()
    {
        var layers = _files.Read("configs/profiles/smoke.yaml", Repository.Root);

        Assert.That(layers[^1].Source, Is.EqualTo("configs/profiles/smoke.yaml"));
    }

    [Test]
    public void An_unknown_profile_is_named_with_what_is_known()
    {
        var fault = Assert.Throws<UsageException>(() => _files.Read("smok", Repository.Root));

        Assert.That(fault!.Mistakes, Is.EqualTo(new[]
        {
            "--profile=smok: unknown profile; did you mean 'smoke'? Known: full, hour, smoke. A path to a YAML file is allowed too.",
        }));
    }

    [Test]
    public void A_missing_base_file_is_named()
    {
        var empty = Directory.CreateTempSubdirectory("configs").FullName;
        var fault = Assert.Throws<UsageException>(() => new ConfigurationFiles(empty).Read("smoke", empty));
        Directory.Delete(empty);

        Assert.That(fault!.Mistakes, Has.One.StartsWith("configs/constants.yaml: "));
    }

    [TestCase("smoke", "smoke")]
    [TestCase("../My Voices_2.yaml", "my-voices-2")]
    public void A_profile_is_filed_under_a_plain_name(string profile, string expected)
    {
        Assert.That(ConfigurationFiles.NameOf(profile), Is.EqualTo(expected));
    }
}
