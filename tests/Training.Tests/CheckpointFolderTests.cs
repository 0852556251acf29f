using Tmrvc.Training.Tests.Support;

namespace Tmrvc.Training.Tests;

public sealed class CheckpointFolderTests
{
    [Test]
    public void The_latest_checkpoint_is_found_with_its_state()
    {
        using var folder = new TemporaryFolder();
        var checkpoints = Saved(folder, 10, 20);
        var found = checkpoints.FindLatest()!;
        Assert.That(found.State, Is.EqualTo(new CheckpointState(20, BestLoss: 0.5, BestStep: 3)));
        Assert.That(File.ReadAllText(Path.Combine(found.Folder, "weights")), Is.EqualTo("weights of 20"));
    }

    [Test]
    public void An_empty_folder_has_none()
    {
        using var folder = new TemporaryFolder();
        Assert.That(new CheckpointFolder(folder.Path, TestContext.Progress.WriteLine).FindLatest(), Is.Null);
    }

    [FsCheck.NUnit.Property(MaxTest = 60)]
    public bool Any_flipped_bit_falls_back_to_the_checkpoint_before(int file, uint position, byte bit)
    {
        using var folder = new TemporaryFolder();
        var log = new List<string>();
        var latest = Saved(folder, 10, 20).FindLatest()!;
        var paths = Directory.GetFiles(latest.Folder).Order(StringComparer.Ordinal).ToArray();
        Flip(paths[(uint)file % paths.Length], position, bit % 8);
        var found = new CheckpointFolder(folder.Path, log.Add).FindLatest();
        return found?.State.Step == 10 && log.Count == 1 && log[0].Contains("step-0000000020") && log[0].Contains("corrupt");
    }

    [FsCheck.NUnit.Property(MaxTest = 30)]
    public bool Any_file_cut_short_falls_back_to_the_checkpoint_before(int file, uint length)
    {
        using var folder = new TemporaryFolder();
        var latest = Saved(folder, 10, 20).FindLatest()!;
        var paths = Directory.GetFiles(latest.Folder).Order(StringComparer.Ordinal).ToArray();
        using (var stream = File.OpenWrite(paths[(uint)file % paths.Length])) stream.SetLength(length % stream.Length);
        return new CheckpointFolder(folder.Path, TestContext.Progress.WriteLine).FindLatest()?.State.Step == 10;
    }

    [Test]
    public void A_missing_file_falls_back_to_the_checkpoint_before()
    {
        using var folder = new TemporaryFolder();
        var checkpoints = Saved(folder, 10, 20);
        File.Delete(Path.Combine(checkpoints.FindLatest()!.Folder, "weights"));
        Assert.That(checkpoints.FindLatest()!.State.Step, Is.EqualTo(10));
    }

    [Test]
    public void The_last_two_are_kept()
    {
        using var folder = new TemporaryFolder();
        Saved(folder, 10, 20, 30, 40);
        Assert.That(Directory.GetDirectories(folder.Path).Select(Path.GetFileName), Is.EquivalentTo(new[] { "step-0000000030", "step-0000000040" }));
    }

    [Test]
    public void A_save_that_breaks_off_leaves_the_checkpoint_before_and_no_litter()
    {
        using var folder = new TemporaryFolder();
        var checkpoints = Saved(folder, 10);
        Assert.That(() => checkpoints.Save(State(20), unfinished =>
        {
            File.WriteAllText(Path.Combine(unfinished, "weights"), "half");
            throw new IOException("disk full");
        }), Throws.TypeOf<IOException>());
        var reopened = new CheckpointFolder(folder.Path, TestContext.Progress.WriteLine);
        Assert.That(reopened.FindLatest()!.State.Step, Is.EqualTo(10));
        Assert.That(Directory.GetDirectories(folder.Path), Has.Length.EqualTo(1));
    }

    private static CheckpointFolder Saved(TemporaryFolder folder, params long[] steps)
    {
        var checkpoints = new CheckpointFolder(folder.Path, TestContext.Progress.WriteLine);
        foreach (var step in steps) checkpoints.Save(State(step), Write(step));
        return checkpoints;
    }

    private static CheckpointState State(long step) => new(step, BestLoss: 0.5, BestStep: 3);

    private static Action<string> Write(long step) => folder => File.WriteAllText(Path.Combine(folder, "weights"), $"weights of {step}");

    private static void Flip(string path, uint position, int bit)
    {
        var bytes = File.ReadAllBytes(path);
        bytes[position % bytes.Length] ^= (byte)(1 << bit);
        File.WriteAllBytes(path, bytes);
    }
}
