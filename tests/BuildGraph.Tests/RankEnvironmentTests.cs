namespace Tmrvc.BuildGraph.Tests;

/// <summary>A rank's place is told as torchrun tells it, so that another launcher can, too.</summary>
public sealed class RankEnvironmentTests
{
    [Test]
    public void On_one_machine_ranks_meet_in_a_file()
    {
        var variables = RankEnvironment.For(1, 4).ToDictionary(variable => variable.Name, variable => variable.Value);
        Assert.That(variables, Is.SupersetOf(new Dictionary<string, string>
        {
            ["RANK"] = "1", ["WORLD_SIZE"] = "4", ["LOCAL_RANK"] = "1", ["LOCAL_WORLD_SIZE"] = "4", ["MASTER_ADDR"] = "127.0.0.1",
        }));
        Assert.That(RankEnvironment.Place(variables.GetValueOrDefault, "meeting"), Is.EqualTo(new RankPlace(1, 4, "meeting")));
    }

    [Test]
    public void On_several_they_meet_at_a_port()
    {
        var variables = new Dictionary<string, string?> { ["RANK"] = "0", ["WORLD_SIZE"] = "2", ["MASTER_ADDR"] = "node-1", ["MASTER_PORT"] = "29500" };
        Assert.That(RankEnvironment.Place(variables.GetValueOrDefault, "meeting").Rendezvous, Is.EqualTo("tcp://node-1:29500"));
    }

    [TestCase("2", "2", "RANK 2 of WORLD_SIZE 2")]
    [TestCase(null, "2", "RANK: found ''")]
    [TestCase("0", "many", "WORLD_SIZE: found 'many'")]
    public void A_place_that_is_none_is_refused(string? rank, string? size, string words)
    {
        var variables = new Dictionary<string, string?> { ["RANK"] = rank, ["WORLD_SIZE"] = size };
        Assert.That(() => RankEnvironment.Place(variables.GetValueOrDefault, "meeting"), Throws.ArgumentException.With.Message.Contains(words));
    }
}
