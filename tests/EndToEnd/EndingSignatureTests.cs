using Tmrvc.EndToEnd.Harness;
using Tmrvc.FaultProxy;

namespace Tmrvc.EndToEnd;

/// <summary>A signature that ends in the middle of a run is named once; what can go on without the cache does.</summary>
[Category("EndToEnd")]
public sealed class EndingSignatureTests
{
    private static readonly TimeSpan ValidFor = TimeSpan.FromSeconds(12);

    /// <summary>Both runs wait for the same seconds to pass.</summary>
    [Test]
    public async Task A_signature_that_ends_midway_costs_a_run_one_warning_and_a_frozen_run_its_success()
    {
        await using var team = await Team.CreateAsync();
        await using var network = team.Network();
        var origin = team.Join(SharedWorkspaces.Done());
        origin.Run("--target=Push").With(code: 0);
        var (clone, builder) = (team.Clone(team.Commit(origin)), team.Join(SharedWorkspaces.Done()));
        builder.Edit("profiles/mini.yaml", "  loss_utterances: 2\n", "  loss_utterances: 1\n");
        string[] signatures = [team.PutBehind(network, clone, ValidFor), team.PutBehind(network, builder, ValidFor)];
        var ended = Task.Delay(ValidFor + TimeSpan.FromSeconds(1));
        network.HoldUp = request => request.Kind is "GET sets" || request is { Method: "PUT", BodyLength: > 0 } ? ended : Task.CompletedTask;

        using var frozen = clone.Start("--frozen", "--target=Report");
        using var local = builder.Start();
        var (refused, done) = (frozen.Finish().With(code: 1), local.Finish().With(code: 0));

        Assert.That(network.Requests.Count(request => request.Kind == "GET records"), Is.GreaterThan(2), "what went well before");
        Assert.That(refused.Ran, Is.Empty);
        Assert.That(refused.Errors.Where(line => line.Contains("expired")), Has.Exactly(1).StartsWith("cache: "), refused.Everything);
        Assert.That(refused.Output, Has.Some.StartsWith("[Report] failed: "));
        Assert.That(done.Ran, Does.Contain("EvaluatePhase0").And.Contain("Report"));
        Assert.That(done.Errors, Has.Exactly(1).StartsWith("cache: ").And.One.Contains("expired"), done.Everything);
        Assert.That(done.Output[^1], Does.Contain("still to be pushed, by the next run"));
        RequireSecrecy(signatures, refused, done, clone, builder);
    }

    private static void RequireSecrecy(string[] signatures, FinishedRun one, FinishedRun other, params Workspace[] machines)
    {
        var secrets = signatures.Select(Secret).SelectMany(secret => new[] { secret, Uri.UnescapeDataString(secret) }).ToArray();
        var written = machines.SelectMany(machine => Directory.EnumerateFiles(machine.Artifacts, "*", SearchOption.AllDirectories)).Select(File.ReadAllText);
        foreach (var text in written.Append(one.Everything).Append(other.Everything))
            Assert.That(secrets.Where(text.Contains), Is.Empty);
    }

    private static string Secret(string signature) => signature.Split('&').Single(field => field.StartsWith("sig=", StringComparison.Ordinal))["sig=".Length..];
}
