using System.Globalization;
using Tmrvc.EndToEnd.Harness;

namespace Tmrvc.EndToEnd;

/// <summary>
/// A run that is killed again and again ends in the same artifacts as one that is left in peace. By default over the mini profile;
/// over the embedded corpus, which takes two undisturbed runs of it and a little more:
/// <c>TMRVC_KILLS=10 TMRVC_KILL_PROFILE=smoke dotnet test tests/EndToEnd --filter FullyQualifiedName~KilledRunTests</c>,
/// after ./build.sh has fetched the corpus. TMRVC_KILL_SEED chooses other moments.
/// </summary>
[Category("EndToEnd")]
public sealed class KilledRunTests
{
    private static readonly int Kills = Setting("TMRVC_KILLS", 4);
    private static readonly int Seed = Setting("TMRVC_KILL_SEED", 20);
    private static readonly string? Profile = Environment.GetEnvironmentVariable("TMRVC_KILL_PROFILE");

    [Test]
    public void A_run_killed_at_random_moments_ends_in_the_artifacts_of_an_undisturbed_one()
    {
        var (undisturbed, usual) = Profile is null ? (SharedWorkspaces.UndisturbedLocks, SharedWorkspaces.UndisturbedTime) : RunUndisturbed();
        using var workspace = Begin();
        var run = new KilledRun(workspace, undisturbed, usual, new Random(Seed));
        TestContext.Out.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{Kills} kills, seed {Seed}; undisturbed: {usual.TotalSeconds:0.0} s"));

        for (var kill = 1; kill < Kills; kill++)
            run.KillAtRandom(within: usual * 2 / Kills);
        run.KillInPhase0();
        run.RunToTheEnd();

        Assert.That(workspace.Locks, Is.EqualTo(undisturbed));
        Assert.That(run.ResumedPhase0At, Has.Some.InRange(1, Steps(workspace) - 1), "steps at which phase 0 went on");
        Assert.That(workspace.Run("--check").Code, Is.Zero);
    }

    private static int Steps(Workspace workspace) => workspace.OutputText("Phase0", "metrics.jsonl").Split('\n').Count(line => line.Contains("\"lr\""));

    private static (SortedDictionary<string, string> Locks, TimeSpan Took) RunUndisturbed()
    {
        using var workspace = Begin();
        var run = workspace.Run().With(code: 0);
        return (workspace.Locks, run.Took);
    }

    /// <summary>A workspace in which nothing has run; the archives of the embedded corpus are those of the checkout.</summary>
    private static Workspace Begin()
    {
        if (Profile is null)
            return SharedWorkspaces.WithCorpus();
        var workspace = Workspace.Create(Profile, TimeSpan.FromHours(1));
        Directory.CreateDirectory(Path.Combine(workspace.Root, "data"));
        Directory.CreateSymbolicLink(Path.Combine(workspace.Root, "data", "raw"), Path.Combine(Checkout.Root, "data", "raw"));
        return workspace;
    }

    private static int Setting(string variable, int usual) =>
        Environment.GetEnvironmentVariable(variable) is { } written ? int.Parse(written, CultureInfo.InvariantCulture) : usual;
}
