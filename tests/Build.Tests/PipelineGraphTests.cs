using Tmrvc.Build.Tests.Support;
using Tmrvc.BuildGraph;
using Tmrvc.Configuration;
using Tmrvc.Corpora;

namespace Tmrvc.Build.Tests;

public sealed class PipelineGraphTests
{
    private static readonly PipelineConfiguration Smoke = ConfigurationLoader.Load<PipelineConfiguration>(
        new ConfigurationFiles(Repository.Root).Read("smoke", Repository.Root), []);

    private static readonly FolderDataset Folder = new()
    {
        Path = "voices",
        Preprocess = new PreprocessSettings { Corpus = new CorpusSettings { Name = "voices" } },
    };

    [Test]
    public void The_attributes_of_the_tasks_are_the_inputs_of_the_stages()
    {
        var graph = Compose(Smoke with { Folder = Folder });
        var tasks = TaskCatalog.OfThisAssembly().All.Where(task => task.IsStage);

        Assert.That(
            tasks.SelectMany(task => task.Needs.Order().Select(needed => $"{task.Name} needs {needed}")),
            Is.EquivalentTo(graph.Stages.SelectMany(stage => StageGraph.Producers(stage).Select(needed => $"{stage.Id} needs {needed}"))));
        Assert.That(tasks.Select(task => task.Name), Is.EquivalentTo(graph.Stages.Select(stage => stage.Id.Value)));
    }

    [Test]
    public void A_corpus_that_is_left_out_takes_its_stages_with_it()
    {
        Assert.That(Names(Smoke).Where(name => name.EndsWith("Folder", StringComparison.Ordinal)), Is.Empty);
        Assert.That(Names(Smoke with { Prompts = null, Folder = Folder }), Does.Contain("FeaturesFolder").And.Not.Contain("FetchPrompts"));
    }

    [Test]
    public void The_default_target_reaches_every_stage_of_the_profile()
    {
        var tasks = TaskCatalog.OfThisAssembly();
        var graph = Compose(Smoke);

        Assert.That(tasks.Stages(tasks.Targets(["Default"]), graph), Is.EquivalentTo(graph.Stages.Select(stage => stage.Id)));
    }

    [Test]
    public void A_profile_without_a_corpus_or_with_an_unknown_phase_is_refused()
    {
        var fault = Assert.Throws<ConfigurationException>(() => ConfigurationLoader.Load<PipelineConfiguration>(
            [.. new ConfigurationFiles(Repository.Root).Read("smoke", Repository.Root), new("mine.yaml", "prompts: ~\nphases:\n  '7': {}\n")], []));

        Assert.That(fault!.Mistakes.Select(mistake => mistake.ToString()), Is.EqualTo(new[]
        {
            "mine.yaml:1:1: prompts: is left out, and so is folder: at least one corpus is needed",
            "mine.yaml:3:3: phases.7: unknown phase; Known: 0.",
        }));
    }

    [Test]
    public void One_option_puts_every_network_on_one_device()
    {
        var onCpu = Smoke.On(Training.DeviceChoice.Cpu);

        Assert.That(onCpu.Phases["0"].Runtime.Device, Is.EqualTo(Training.DeviceChoice.Cpu));
        Assert.That((onCpu.SpeakerEncoder.Runtime.Device, onCpu.Evaluation.Device), Is.EqualTo((Training.DeviceChoice.Cpu, "cpu")));
    }

    private static StageGraph Compose(PipelineConfiguration configuration) =>
        new PipelineGraph(configuration, Repository.Root, TimeProvider.System).Compose();

    private static IEnumerable<string> Names(PipelineConfiguration configuration) =>
        Compose(configuration).Stages.Select(stage => stage.Id.Value);
}
