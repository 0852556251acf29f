using System.Diagnostics;
using System.Globalization;
using System.Text;
using Tmrvc.EndToEnd.Harness;

namespace Tmrvc.EndToEnd;

/// <summary>--nproc, with the front door as launcher and as every rank.</summary>
public sealed class SeveralProcessesTests
{
    [Test]
    public void A_killed_rank_ends_phase_0_with_its_name_and_one_process_goes_on()
    {
        using var workspace = SharedWorkspaces.BeforePhase0();
        using var process = workspace.Start("--target=Phase0", "--nproc=2");
        Assert.That(process.WaitUntil(() => Checkpoints.Of(workspace, "Phase0").Any()), Is.True, "a checkpoint of phase 0");
        var watch = Stopwatch.StartNew();
        var killed = Ranks(workspace).First(rank => rank.Rank == 1).Process;
        using (var rank = Process.GetProcessById(killed)) rank.Kill();
        var failed = process.Finish().With(code: 1);
        Assert.That(watch.Elapsed, Is.LessThan(TimeSpan.FromSeconds(15)));
        Assert.That(failed.Everything, Does.Contain($"rank 1 (process {killed}) was ended by signal 9"));
        Assert.That(Ranks(workspace), Is.Empty);

        var resumed = workspace.Run("--target=Phase0", "--exclusive").With(code: 0);
        Assert.That(resumed.ResumedAt("Phase0"), Has.Count.EqualTo(1));
    }

    [Test]
    public void At_SIGTERM_all_save_once_and_the_stage_ends_with_75_and_any_number_goes_on()
    {
        using var workspace = SharedWorkspaces.BeforePhase0();
        using var process = workspace.Start("--target=Phase0", "--nproc=2");
        Assert.That(process.WaitUntil(() => Checkpoints.Of(workspace, "Phase0").Any()), Is.True, "a checkpoint of phase 0");
        process.Terminate();
        Assert.That(process.Finish().With(code: 75).Everything, Does.Contain("Stopped after step"));
        Assert.That(Ranks(workspace), Is.Empty);

        var resumed = workspace.Run("--target=Phase0", "--nproc=2", "--exclusive").With(code: 0);
        Assert.That(resumed.ResumedAt("Phase0"), Has.Count.EqualTo(1));
        Assert.That(resumed.Everything, Does.Contain("2 processes: "));
        Assert.That(workspace.Plan("--target=Phase0")["Phase0"].State, Is.EqualTo("fresh")); // the number of processes is in no key
    }

    /// <summary>Those at work in the workspace.</summary>
    private static List<(int Rank, int Process)> Ranks(Workspace workspace)
    {
        var found = new List<(int, int)>();
        foreach (var folder in Directory.EnumerateDirectories("/proc"))
        {
            if (!int.TryParse(Path.GetFileName(folder), NumberStyles.None, CultureInfo.InvariantCulture, out var id)) continue;
            var words = Text(Path.Combine(folder, "cmdline"));
            if (!words.Contains($"--rank={workspace.Root}", StringComparison.Ordinal)) continue;
            var rank = Text(Path.Combine(folder, "environ")).Split('\0').FirstOrDefault(line => line.StartsWith("RANK=", StringComparison.Ordinal));
            if (rank is not null) found.Add((int.Parse(rank[5..], CultureInfo.InvariantCulture), id));
        }
        return found;
    }

    private static string Text(string path)
    {
        try
        {
            return Encoding.UTF8.GetString(File.ReadAllBytes(path));
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            return ""; // the process has ended
        }
    }
}
