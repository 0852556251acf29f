using Tmrvc.ArtifactStore;
using Tmrvc.BuildGraph;

namespace Tmrvc.Corpora.Tests.Fetch;

/// <summary>What a killed extraction leaves is kept where it is whole, and nowhere else.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class InterruptedExtractionTests : IDisposable
{
    private static readonly (string Name, string Text)[] Entries =
        [.. Enumerable.Range(0, 8).Select(i => ($"p{i % 2}/{i}.flac", Convert.ToHexString(Download.Content(500 + i, i))))];

    private readonly Extract _extract = new();

    public void Dispose() => _extract.Dispose();

    private static string Place(LooseRun run, string entry)
    {
        var path = Path.Combine(run.Unfinished, "files", entry);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        return path;
    }

    /// <summary>Entries 0 to 2 whole, 3 torn, 4 of the right length with bytes that never reached the device, 5 longer than it should be.</summary>
    private static void LeaveUnfinished(LooseRun run)
    {
        foreach (var (name, text) in Entries[..3])
            File.WriteAllText(Place(run, name), text);
        File.WriteAllText(Place(run, Entries[3].Name), Entries[3].Text[..100]);
        File.WriteAllText(Place(run, Entries[4].Name), new string('\0', Entries[4].Text.Length));
        File.WriteAllText(Place(run, Entries[5].Name), Entries[5].Text + "more");
    }

    [TestCase(true)]
    [TestCase(false)]
    public async Task An_extraction_writes_only_what_is_missing(bool zip)
    {
        _extract.Add("corpus.archive", zip ? Extract.Zip(Entries) : Extract.TarGz(Entries));
        using var run = _extract.Begin();
        LeaveUnfinished(run);
        var first = File.GetLastWriteTimeUtc(Place(run, Entries[0].Name));

        await _extract.RunAsync(run);

        Assert.That(_extract.Files, Is.EquivalentTo(Entries.ToDictionary()));
        Assert.That(run.Metrics.GetValueOrDefault("files kept"), Is.EqualTo(3));
        Assert.That(run.Metrics["files"], Is.EqualTo(8));
        var path = Path.Combine(run.Output(ExtractStage.Files), Entries[0].Name);
        Assert.That(File.GetLastWriteTimeUtc(path), Is.EqualTo(first));
    }

    [Test]
    public async Task An_interrupted_extraction_leaves_no_output_and_a_refused_one_nothing()
    {
        using var interrupted = _extract.Add("corpus.zip", Extract.Zip(Entries)).Begin();
        LeaveUnfinished(interrupted);
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();
        Assert.That(() => _extract.RunAsync(interrupted, cancellation: cancelled.Token), Throws.InstanceOf<OperationCanceledException>());
        Assert.That(Directory.Exists(interrupted.Output(ExtractStage.Files)), Is.False);
        Assert.That(File.Exists(Place(interrupted, Entries[0].Name)));

        using var refused = _extract.Add("corpus.zip", Extract.Zip([.. Entries, ("../x", "")])).Begin();
        LeaveUnfinished(refused);
        Assert.That(() => _extract.RunAsync(refused), Throws.TypeOf<ArchiveException>());
        Assert.That(Directory.EnumerateFileSystemEntries(refused.Unfinished), Is.Empty);
    }

    /// <summary>Of two archives the first is read through; then a folder that somebody put in the way of the second makes the device fail.</summary>
    private async Task<LooseRun> InterruptedAfterTheFirst()
    {
        _extract.Add("one.tar.gz", Extract.TarGz([.. Entries, ("licence.txt", "free"), ("._x", "")]));
        _extract.Add("two.tar.gz", Extract.TarGz(("licence.txt", "free"), ("q/last.flac", "last")));
        var run = _extract.Begin();
        var obstacle = Directory.CreateDirectory(Place(run, "q/last.flac"));
        Assert.That(() => _extract.RunAsync(run, new() { Workers = 1 }), Throws.InstanceOf<StorageException>());
        obstacle.Delete();
        Directory.Delete(Path.Combine(run.Scratch, "twins"), recursive: true);
        await Task.Delay(20);
        return run;
    }

    [Test]
    public async Task A_tar_gz_that_was_read_through_is_not_read_again()
    {
        using var run = await InterruptedAfterTheFirst();
        var first = File.GetLastWriteTimeUtc(Place(run, Entries[7].Name));
        File.WriteAllBytes(_extract.Path("one.tar.gz"), [0x1F, 0x8B]);

        await _extract.RunAsync(run, new() { Workers = 1 });

        Assert.That(_extract.Files, Is.EquivalentTo(Entries.Append(("licence.txt", "free")).Append(("q/last.flac", "last")).ToDictionary()));
        Assert.That(File.GetLastWriteTimeUtc(Path.Combine(run.Output(ExtractStage.Files), Entries[7].Name)), Is.EqualTo(first));
        Assert.That((run.Metrics["files kept"], run.Metrics["files"], run.Metrics["entries left out"]), Is.EqualTo((9, 11, 1)));
    }

    [TestCase("torn")]
    [TestCase("gone")]
    [TestCase("other bytes")]
    public async Task A_tar_gz_whose_files_are_not_as_it_left_them_is_read_again(string what)
    {
        using var run = await InterruptedAfterTheFirst();
        var place = Place(run, Entries[4].Name);
        if (what == "gone")
            File.Delete(place);
        else
            File.WriteAllText(place, what == "torn" ? Entries[4].Text[..10] : new string('\0', Entries[4].Text.Length));

        await _extract.RunAsync(run, new() { Workers = 1 });

        Assert.That(_extract.Files, Is.EquivalentTo(Entries.Append(("licence.txt", "free")).Append(("q/last.flac", "last")).ToDictionary()));
        Assert.That(run.Metrics["files kept"], Is.EqualTo(8));
    }
}
