using Tmrvc.BuildGraph.Tests.Support;

namespace Tmrvc.BuildGraph.Tests;

/// <summary>Guarantee 5: changed code without a changed version is reported, neither ignored nor rerun.</summary>
public sealed class Guarantee05CodeDriftTests
{
    private sealed class OneFolder : StageSources
    {
        public override IReadOnlyList<string> Folders(Stage stage) => ["src/Corpora"];
    }

    private static Engine Engine(Checkout checkout, params Stage[] stages) =>
        new(new StageGraph(stages), checkout.Options with { Sources = new OneFolder() });

    [Test]
    public async Task Changed_sources_leave_the_stage_fresh_and_put_a_note_into_the_plan()
    {
        using var checkout = new Checkout();
        checkout.Write("src/Corpora/Stage.cs", "class A;");
        var stage = Make.Source("Stage", "x");
        await Engine(checkout, stage).Start(["Stage"], RunOptions.Default, new SilentObserver()).Finished;
        Assert.That(Engine(checkout, stage).Plan(["Stage"], Force.None)["Stage"].Notes, Is.Empty);
        checkout.Write("src/Corpora/Stage.cs", "class B;");
        var planned = Engine(checkout, stage).Plan(["Stage"], Force.None)["Stage"];
        Assert.That((planned.State, planned.HasNewerCode), Is.EqualTo((PlannedState.Fresh, true)));
        Assert.That(planned.Notes, Has.One.Contains("src/Corpora").And.One.Contains("Version"));
    }

    [Test]
    public async Task Changed_native_sources_are_not_invisible()
    {
        using var checkout = new Checkout();
        checkout.Write("src/Corpora/native/dispatch.cpp", "int a;");
        var stage = Make.Source("Stage", "x");
        await Engine(checkout, stage).Start(["Stage"], RunOptions.Default, new SilentObserver()).Finished;
        checkout.Write("src/Corpora/native/dispatch.cpp", "int b;");
        Assert.That(Engine(checkout, stage).Plan(["Stage"], Force.None)["Stage"].Notes, Has.One.Contains("src/Corpora"));
    }

    [Test]
    public async Task A_raised_version_runs_the_stage_and_ends_the_note()
    {
        using var checkout = new Checkout();
        checkout.Write("src/Corpora/Stage.cs", "class A;");
        await Engine(checkout, Make.Source("Stage", "x")).Start(["Stage"], RunOptions.Default, new SilentObserver()).Finished;
        checkout.Write("src/Corpora/Stage.cs", "class B;");
        var raised = new TestAction("Stage", run => File.WriteAllText(run.Output("out.txt"), "x"))
        {
            StageVersion = 2,
            With = new Content { Text = "x" },
        };
        Assert.That(Engine(checkout, raised).Plan(["Stage"], Force.None)["Stage"].Changed,
            Is.EqualTo(new[] { new Change("version", "1", "2") }));
        await Engine(checkout, raised).Start(["Stage"], RunOptions.Default, new SilentObserver()).Finished;
        Assert.That(Engine(checkout, raised).Plan(["Stage"], Force.None)["Stage"].Notes, Is.Empty);
    }

    [Test]
    public void The_sources_of_a_stage_are_its_project_and_those_it_uses() => Assert.That(
        StageSources.OfProjects.Folders(Make.Source("Stage", "x")), Is.EqualTo(new[] { "src/Azurite", "src/BuildGraph.Tests", "src/GraphWorker" }));
}
