using Tmrvc.ArtifactStore;
using Tmrvc.Build.Conversions;
using Tmrvc.BuildGraph;

namespace Tmrvc.Build.Tests.Conversions;

public sealed class PublishedModelsTests
{
    private readonly string _root = Directory.CreateTempSubdirectory("published-").FullName;

    private string Models => Path.Combine(_root, "models", "smoke");

    private string Student => Path.Combine(_root, "students", "smoke");

    [SetUp]
    public void Publish_the_first_student() =>
        Assert.That(Publish(Outcome("Package", StageState.Ran, "1"), Outcome("Student", StageState.Ran, "1")), Is.Empty);

    [TearDown]
    public void Remove_links()
    {
        foreach (var place in new[] { Models, Student })
            if (Path.Exists(place)) new DirectoryInfo(place).Delete();
    }

    [OneTimeTearDown]
    public void Remove() => Directory.Delete(_root, recursive: true);

    [Test]
    public void Files_and_weights_move_on_together()
    {
        Assert.That(Publish(Outcome("Package", StageState.Restored, "2"), Outcome("Student", StageState.Fresh, "2")), Is.Empty);
        Assert.That(Links(), Is.EqualTo((Made("Package", "2"), Made("Student", "2"))));
    }

    [Test]
    public void Weights_of_an_older_student_are_not_left_beside_newer_files()
    {
        Assert.That(Publish(Outcome("Package", StageState.Restored, "2"), Outcome("Student", StageState.Cached, "2")), Is.Empty);
        Assert.That(Links(), Is.EqualTo((Made("Package", "2"), (string?)null)));
    }

    [Test]
    public void A_run_that_makes_none_changes_nothing()
    {
        Assert.That(Publish(Outcome("Student", StageState.Failed, "2"), Outcome("Package", StageState.Blocked, "2"), Outcome("Phase0", StageState.Ran, "2")), Is.Empty);
        Assert.That(Links(), Is.EqualTo((Made("Package", "1"), Made("Student", "1"))));
    }

    [TestCase(true, StageState.Ran, "a trial")]
    [TestCase(false, StageState.Rejected, "GateStudent did not pass")]
    public void A_trial_and_a_student_that_its_gate_rejects_are_reached_by_option_alone(bool isTrial, StageState gate, string reason)
    {
        var told = new PublishedModels(Summary(Outcome("Package", StageState.Ran, "2"), Outcome("Student", StageState.Ran, "2"), Outcome("GateStudent", gate, "2")), Models, Student).Publish(isTrial);

        Assert.That(told, Is.EqualTo(new[]
        {
            $"{reason}: {Models} is not changed; what was made is reached by --models={Made("Package", "2")}",
            $"{reason}: {Student} is not changed; what was made is reached by --student={Made("Student", "2")}",
        }));
        Assert.That(Links(), Is.EqualTo((Made("Package", "1"), Made("Student", "1"))));
    }

    [TestCase(StageState.Blocked)]
    [TestCase(StageState.Cached)]
    public void Weights_do_not_move_on_without_their_files(StageState package)
    {
        Assert.That(Publish(Outcome("Package", package, "2"), Outcome("Student", StageState.Ran, "2")),
            Is.EqualTo(new[] { $"Package was not made: {Student} is not changed; what was made is reached by --student={Made("Student", "2")}" }));
        Assert.That(Links(), Is.EqualTo((Made("Package", "1"), Made("Student", "1"))));
    }

    [Test]
    public void Made_files_are_known_also_where_no_link_leads_to_them()
    {
        var published = new PublishedModels(Summary(Outcome("Package", StageState.Ran, "2"), Outcome("GateStudent", StageState.Rejected, "2")), Models, Student);
        _ = published.Publish(isTrial: false).ToList();
        Assert.That((published.Made, published.IsMade, published.Reason(isTrial: false)), Is.EqualTo((Made("Package", "2"), false, "GateStudent did not pass")));
        Assert.That(published.Reason(isTrial: true), Is.EqualTo("a trial"));
    }

    [Test]
    public void What_is_linked_already_is_not_told_of() =>
        Assert.That(new PublishedModels(Summary(Outcome("Package", StageState.Fresh, "1"), Outcome("Student", StageState.Fresh, "1")), Models, Student).Publish(isTrial: true), Is.Empty);

    [Test]
    public void A_folder_that_somebody_put_there_stays()
    {
        new DirectoryInfo(Models).Delete();
        Directory.CreateDirectory(Models);

        Assert.That(Publish(Outcome("Package", StageState.Ran, "2"), Outcome("Student", StageState.Ran, "2")),
            Is.EqualTo(new[] { $"{Models}: is a folder of its own, and stays; the student that was made is reached by --models={Made("Package", "2")}" }));
        Assert.That(Links(), Is.EqualTo(((string?)null, Made("Student", "2"))));
    }

    private IEnumerable<string> Publish(params StageOutcome[] stages) => [.. new PublishedModels(Summary(stages), Models, Student).Publish(isTrial: false)];

    private (string? Models, string? Student) Links() => (new DirectoryInfo(Models).LinkTarget, new DirectoryInfo(Student).LinkTarget);

    private string Made(string stage, string run) => Path.Combine(_root, "store", stage, run, stage == "Package" ? "models" : "student");

    private StageOutcome Outcome(string stage, StageState state, string run)
    {
        var path = Made(stage, run);
        if (state.HasOutputs()) Directory.CreateDirectory(path);
        return new(stage, state, "", null, TimeSpan.Zero, [new StageOutput(Path.GetFileName(path), path, new StoredEntry(Path.GetFileName(path), EntryKind.Folder, default, 0, 0))], null);
    }

    private static RunSummary Summary(params StageOutcome[] stages) => new(RunResult.Done, stages, default, TimeSpan.Zero, 0);
}
