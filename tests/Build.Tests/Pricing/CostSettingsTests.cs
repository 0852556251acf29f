using Tmrvc.Build.Pricing;
using Tmrvc.Build.Tests.Support;
using Tmrvc.Configuration;

namespace Tmrvc.Build.Tests.Pricing;

public sealed class CostSettingsTests
{
    private static readonly CostSettings Costs = ConfigurationLoader.Load<PipelineConfiguration>(
        new ConfigurationFiles(Repository.Root).Read("full", Repository.Root), []).Costs;

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
