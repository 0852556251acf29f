using Tmrvc.Build.Pricing;
using Tmrvc.Build.Tests.Support;
using Tmrvc.Configuration;
using Tmrvc.Training;

namespace Tmrvc.Build.Tests.Pricing;

public sealed class CostSettingsTests
{
    private static readonly CostSettings Costs = Configuration("full").Costs;

    private static PipelineConfiguration Configuration(string profile) => ConfigurationLoader.Load<PipelineConfiguration>(
        new ConfigurationFiles(Repository.Root).Read(profile, Repository.Root), []);

    [TestCase(12, 24, "Phase0")]
    [TestCase(72, 168, "Phase1a", "Phase1b")]
    [TestCase(48, 72, "Phase2")]
    [TestCase(48, 72, "Trajectories", "DistillA", "DistillB", "StudentVocoder", "StudentVoices", "StudentRooms")]
    public void The_full_profile_is_expected_to_take_the_hours_of_the_cloud_plan(double from, double to, params string[] stages)
    {
        var rows = stages.Select(stage => Costs.Profiles["full"][stage]).ToArray();

        Assert.That((rows.Sum(row => row.Hours[0]), rows.Sum(row => row.Hours[1])), Is.EqualTo((from, to)));
        Assert.That(rows.Select(row => Costs.Machines[row.Machine!].Rate), Has.All.InRange(1.1, 1.6));
    }

    [Test]
    public void Each_row_names_a_stage() => Assert.That(CostNames.Mistakes(Costs.Profiles), Is.Empty);

    [Test]
    public void A_mistyped_stage_or_profile_is_told_instead_of_being_free()
    {
        var thrown = Assert.Throws<ConfigurationException>(() => ConfigurationLoader.Load<CostSettings>(
            [new("configs/costs.yaml", "gpu: h100\nprofiles:\n  My_Full:\n    Phase1A: {hours: [1, 2]}\n    Phase0: {hours: [1, 2]}\n    Nothing: {hours: [1, 2]}\n")], []));

        Assert.That(thrown!.Mistakes.Select(mistake => mistake.ToString()), Is.EqualTo(new[]
        {
            "configs/costs.yaml:1:1: gpu: unknown machine 'h100'; Known: own.",
            "configs/costs.yaml:3:3: profiles.My_Full: a profile is known by its name in lower case with hyphens; write my-full",
            "configs/costs.yaml:4:5: profiles.My_Full.Phase1A: unknown stage; did you mean 'Phase1a'? --tree lists those that there are",
            "configs/costs.yaml:6:5: profiles.My_Full.Nothing: unknown stage; --tree lists those that there are",
        }));
    }

    [Test]
    public void A_network_on_a_GPU_that_was_found_has_the_price_of_the_GPU()
    {
        var found = Configuration("smoke").Settled(DeviceChoice.Cuda);
        var costs = found.Costs with { Gpu = "a100" };
        var graph = new PipelineGraph(found, Repository.Root, TimeProvider.System).Compose();
        string MachineOf(string stage) => new PriceList(costs, "mine").Of(graph[stage]).Machine;

        Assert.That(new[] { "Phase0", "EvaluatePhase0", "Report" }.Select(MachineOf), Is.EqualTo(new[] { "1x A100 spot", "1x A100 spot", "own machine" }));
    }

    [Test]
    public void Mistakes_name_the_row_and_what_is_allowed()
    {
        var wrong = Costs with
        {
            Cpu = "onw",
            Profiles = new Dictionary<string, IReadOnlyDictionary<string, StageCost>> { ["full"] = new Dictionary<string, StageCost> { ["Phase0"] = new() { Hours = [24, 12] } } },
        };

        Assert.That(wrong.Mistakes().Select(mistake => $"{mistake.Property} {mistake.Message}"), Is.EqualTo(new[]
        {
            "cpu unknown machine 'onw'; Known: a100, own.",
            "profiles.full.Phase0.hours found [24, 12], two numbers from 0, the smaller first, are allowed",
        }));
    }
}
