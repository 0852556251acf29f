using Tmrvc.ArtifactStore;
using Tmrvc.BuildGraph.Tests.Support;

namespace Tmrvc.BuildGraph.Tests;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class LocalVerificationTests : IDisposable
{
    private readonly Checkout _checkout = new();
    private readonly List<string> _told = [];

    public void Dispose() => _checkout.Dispose();

    private static TestAction Folder { get; } = new("Folder", run =>
    {
        Directory.CreateDirectory(Path.Combine(run.Output("files"), "inner"));
        File.WriteAllText(Path.Combine(run.Output("files"), "inner/a.txt"), "aaaa");
        File.WriteAllText(Path.Combine(run.Output("files"), "b.txt"), "bbbb");
    })
    { Out = ["files"] };

    private LocalStore Store => new(_checkout.Store, TimeProvider.System);

    private Task<VerificationFigures> Verify() => new LocalVerification(_checkout.Options, _told.Add).RunAsync(CancellationToken.None);

    private async Task<(ActionRecord Record, string Folder, FileTree Tree)> Made()
    {
        var record = _checkout.Record(await _checkout.Run(Folder), "Folder");
        return (record, Store.FolderOf(new EntrySet(record.Outputs)), Store.Trees.Find(record.Outputs[0].Hash)!);
    }

    /// <summary>Other bytes under the same size, time and mode: no seal and no index tells.</summary>
    private static void Rot(string path)
    {
        var time = File.GetLastWriteTimeUtc(path);
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        using (var file = File.OpenHandle(path, FileMode.Open, FileAccess.ReadWrite))
            RandomAccess.Write(file, "X"u8, 1);
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.GroupRead | UnixFileMode.OtherRead);
        File.SetLastWriteTimeUtc(path, time);
    }

    private static void Unlink(string path)
    {
        File.Copy(path, path + ".own");
        File.Move(path + ".own", path, overwrite: true);
        Seal.Set(path);
    }

    [Test]
    public async Task A_sound_store_is_read_whole_and_left_as_it_is()
    {
        await Made();
        var before = _checkout.ArtifactFiles();

        var figures = await Verify();

        Assert.That(figures, Is.EqualTo(new VerificationFigures(3, figures.Bytes, 0, 0, 0)), "two objects and a tree; entries are the same content");
        Assert.That(figures.Bytes, Is.GreaterThan(8));
        Assert.That(_told, Is.Empty);
        Assert.That(_checkout.ArtifactFiles().Except(before), Is.All.EndsWith("in-use").Or.Contains("leases"));
    }

    [Test]
    public async Task Rot_under_an_intact_seal_is_named_and_the_loss_told()
    {
        var (record, folder, tree) = await Made();
        Rot(Path.Combine(folder, "files/inner/a.txt"));
        Assert.That(_checkout.Plan([Folder]).IsFresh, "nothing but reading it tells");

        var figures = await Verify();

        Assert.That((figures.Damaged, figures.Mended, figures.Lost), Is.EqualTo((2, 0, 1)), "the object and the entry are one content");
        Assert.That(_told, Has.Exactly(2).Contains("damaged and dropped").And.Exactly(2).Contains("(Folder: files/inner/a.txt)"));
        Assert.That(_told[^1], Does.StartWith($"Folder {record.Key.Short}: lost, neither here nor in a cache"));
        Assert.That(File.Exists(Store.Objects.PathOf(tree.Files.First(file => file.Path == "inner/a.txt").Hash)), Is.False);
        Assert.That((await _checkout.Run(Folder)).States(), Is.All.EqualTo(StageState.Ran));
        Assert.That((await Verify()).Damaged, Is.Zero);
    }

    [Test]
    public async Task A_rotten_object_is_made_again_from_the_entry_that_has_a_copy()
    {
        var (_, folder, tree) = await Made();
        Unlink(Path.Combine(folder, "files/b.txt"));
        var stored = Store.Objects.PathOf(tree.Files.First(file => file.Path == "b.txt").Hash);
        Rot(stored);

        var figures = await Verify();

        Assert.That((figures.Damaged, figures.Mended, figures.Lost), Is.EqualTo((1, 1, 0)));
        Assert.That(File.ReadAllText(stored), Is.EqualTo("bbbb"));
        Assert.That(_told[^1], Does.EndWith("mended from another copy here"));
    }

    [Test]
    public async Task A_rotten_entry_is_put_in_place_again_from_its_objects()
    {
        var (_, folder, _) = await Made();
        Unlink(Path.Combine(folder, "files/b.txt"));
        Rot(Path.Combine(folder, "files/b.txt"));

        var figures = await Verify();

        Assert.That((figures.Damaged, figures.Mended, figures.Lost), Is.EqualTo((1, 1, 0)));
        Assert.That(File.ReadAllText(Path.Combine(folder, "files/b.txt")), Is.EqualTo("bbbb"));
        Assert.That(_checkout.Plan([Folder]).IsFresh);
    }

    [Test]
    public async Task A_damaged_tree_is_made_again_from_its_entry()
    {
        var (_, _, tree) = await Made();
        var path = Directory.EnumerateFiles(Path.Combine(_checkout.Store, "trees"), "*", SearchOption.AllDirectories).Single();
        Rot(path);

        var figures = await Verify();

        Assert.That((figures.Damaged, figures.Mended, figures.Lost), Is.EqualTo((1, 1, 0)));
        Assert.That(Store.Trees.Find(tree.Hash), Is.Not.Null);
    }

    [Test]
    public async Task A_record_that_does_not_belong_to_its_key_is_dropped()
    {
        var (record, _, _) = await Made();
        var path = _checkout.RecordPath(record.Key);
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        File.WriteAllText(path, File.ReadAllText(path).Replace("\"version\"", "\"vermin\""));

        var figures = await Verify();

        Assert.That((figures.Damaged, figures.Mended, figures.Lost), Is.EqualTo((1, 0, 1)));
        Assert.That(_told, Is.EqualTo(new[] { $"record {record.Key.Short}: damaged and dropped; a cache (none was given) does not have it" }));
        Assert.That(File.Exists(path), Is.False);
    }

    [Test]
    public async Task A_rotten_result_of_an_item_is_dropped_and_made_again_when_it_is_needed()
    {
        _checkout.Write("data/a.wav", "a");
        TestItems Items() => new("Items", new StageInput.Files("audio", "data", "**"), item => $"result of {item.Id}");
        await _checkout.Run(Items());
        Rot(Directory.EnumerateFiles(Path.Combine(_checkout.Store, "items"), "*result.txt", SearchOption.AllDirectories).Single());

        var figures = await Verify();

        Assert.That((figures.Damaged, figures.Mended, figures.Lost), Is.EqualTo((1, 0, 0)));
        Assert.That(_told, Is.EqualTo(new[] { "result result.txt of an item of Items: damaged and dropped; it is made again when it is needed" }));
        _checkout.Write("data/b.wav", "b");
        var again = Items();
        var summary = await _checkout.Run(again);
        Assert.That(again.Processed, Is.EqualTo(new[] { "a.wav", "b.wav" }));
        Assert.That(summary.Output("Items", "all.txt"), Is.EqualTo("a.wav=result of a.wav\nb.wav=result of b.wav\n"));
    }

    [Test]
    public async Task What_nothing_recorded_needs_is_dropped_without_being_missed()
    {
        var (record, _, tree) = await Made();
        File.Delete(_checkout.RecordPath(record.Key));
        Directory.Delete(Path.Combine(_checkout.Store, "entries"), recursive: true);
        Rot(Store.Objects.PathOf(tree.Files.First().Hash));

        var figures = await Verify();

        Assert.That((figures.Damaged, figures.Mended, figures.Lost), Is.EqualTo((1, 0, 0)));
        Assert.That(_told.Single(), Does.EndWith("(nothing recorded needs it)"));
    }
}
