using Tmrvc.EndToEnd.Harness;

namespace Tmrvc.EndToEnd;

/// <summary>A folder corpus of 1,000 files: changes cost what they change.</summary>
[Category("EndToEnd")]
public sealed class FolderOfAThousandTests
{
    private const int Files = 1000;
    private const string Stage = "PreprocessFolder";

    private Workspace _finished = null!;
    private Workspace _workspace = null!;

    [OneTimeSetUp]
    public void Preprocess()
    {
        _finished = Workspace.Create("preprocessing");
        Voices.Write(_finished.Voices, perSpeaker: 10, seconds: 0.6);
        Multiply(_finished.Voices);
        _finished.Run($"--target={Stage}").With(code: 0);
        Assert.That(_finished.Metric(Stage, "items_processed"), Is.EqualTo(Files));
    }

    [OneTimeTearDown]
    public void Delete() => _finished.Dispose();

    [SetUp]
    public void Begin() => _workspace = _finished.Copy();

    [TearDown]
    public void End() => _workspace.Dispose();

    [Test]
    public void One_file_more_is_one_item_processed()
    {
        Voices.WriteAnother(Path.Combine(_workspace.Voices, "allison-en", "new.wav"), seconds: 0.6);

        RunStage();

        Assert.That(_workspace.Metric(Stage, "items"), Is.EqualTo(Files + 1));
        Assert.That(_workspace.Metric(Stage, "items_processed"), Is.EqualTo(1));
    }

    [Test]
    public void One_file_less_is_no_item_processed()
    {
        File.Delete(Path.Combine(_workspace.Voices, "carlo-it", "007.wav"));

        RunStage();

        Assert.That(_workspace.Metric(Stage, "items"), Is.EqualTo(Files - 1));
        Assert.That(_workspace.Metric(Stage, "items_processed"), Is.Zero);
    }

    [Test]
    public void One_file_changed_is_one_item_processed()
    {
        Voices.WriteAnother(Path.Combine(_workspace.Voices, "june-fr", "003.wav"), seconds: 0.6);

        RunStage();

        Assert.That(_workspace.Metric(Stage, "items"), Is.EqualTo(Files));
        Assert.That(_workspace.Metric(Stage, "items_processed"), Is.EqualTo(1));
    }

    [Test]
    public void New_modification_times_run_nothing()
    {
        foreach (var file in Directory.EnumerateFiles(_workspace.Root, "*", SearchOption.AllDirectories).Where(IsOurs))
            File.SetLastWriteTimeUtc(file, new DateTime(2031, 5, 17, 3, 0, 0, DateTimeKind.Utc));

        Assert.That(_workspace.Run($"--target={Stage}").With(code: 0).Ran, Is.Empty);
        Assert.That(_workspace.Locks, Is.EqualTo(_finished.Locks));
    }

    [Test]
    public void Finished_items_survive_a_kill()
    {
        Directory.Delete(_workspace.Artifacts, recursive: true);
        using var process = _workspace.Start($"--target={Stage}");
        Assert.That(process.WaitUntil(() => JournalLines() > Files / 5), Is.True, "a fifth of the items finished");
        process.Kill();
        process.Finish();

        RunStage();

        Assert.That(_workspace.Metric(Stage, "items_processed"), Is.InRange(1, Files * 4 / 5));
        Assert.That(_workspace.Locks, Is.EqualTo(_finished.Locks));
    }

    private int JournalLines()
    {
        var journal = Directory.Exists(_workspace.Artifacts)
            ? Directory.EnumerateFiles(_workspace.Artifacts, "journal", SearchOption.AllDirectories).FirstOrDefault()
            : null;
        return journal is null ? 0 : File.ReadLines(journal).Count();
    }

    /// <summary>Data and configuration, which people touch; the store's own files are sealed by their time.</summary>
    private bool IsOurs(string path) => !path.StartsWith(_workspace.Artifacts, StringComparison.Ordinal);

    private void RunStage() => Assert.That(_workspace.Run($"--target={Stage}").With(code: 0).Ran, Is.EqualTo(new[] { Stage }));

    /// <summary>Gives each of the recordings further names until there are enough.</summary>
    private static void Multiply(string folder)
    {
        string[] recordings = [.. Directory.EnumerateFiles(folder, "*.wav", SearchOption.AllDirectories).Order(StringComparer.Ordinal)];
        for (var i = recordings.Length; i < Files; i++)
            File.Copy(recordings[i % recordings.Length], Path.Combine(Path.GetDirectoryName(recordings[i % recordings.Length])!, $"{i:000}-again.wav"));
    }
}
