using Tmrvc.Reporting.Tests.Support;

namespace Tmrvc.Reporting.Tests;

public sealed class ComparisonPageTests
{
    private static readonly ComparisonTable Settings = new("Differences", [new("lr", "1e-4", "<2e-4>"), new("steps", "300", "300")]);

    private string _folder = "";

    [SetUp]
    public void Begin() => _folder = Directory.CreateTempSubdirectory("comparison-").FullName;

    [TearDown]
    public void End() => Directory.Delete(_folder, recursive: true);

    [Test]
    public void Both_results_have_a_player_for_every_sound_and_what_differs_stands_out()
    {
        var here = EvaluationFixture.Write(Path.Combine(_folder, "here"));
        var there = EvaluationFixture.Write(Path.Combine(_folder, "there"));

        var html = new ComparisonPage("Phase0: here and v1", "here", "v1").Html([Settings], EvaluationPair.Read(here, there));

        Assert.That(Count(html, "<audio controls"), Is.GreaterThan(2).And.EqualTo(2 * Directory.GetFiles(Path.Combine(here, "audio")).Length));
        Assert.That(html, Does.Contain("<strong>&lt;2e-4&gt;</strong>").And.Contain("<td>300</td><td>300</td>"));
        Assert.That(html, Does.Contain("Семь").Or.Contain("&#1057;").And.Contain("src=\"data:audio/"));
        Assert.That(html, Does.Not.Match("(src|href)=\"(?!data:)"), "the page needs no other file");
    }

    [Test]
    public void One_utterance_as_it_was_said_and_in_the_voices_of_two_others_is_three_samples_each_beside_the_same_of_the_other_side()
    {
        const string said = "en_US_f_Allison/conf-adminmenu";
        var here = EvaluationFixture.Write(Path.Combine(_folder, "here"), alsoSaid: said, alsoInto: "June-fr");
        var there = EvaluationFixture.Write(Path.Combine(_folder, "there"));

        var html = new ComparisonPage("", "here", "v1").Html([], EvaluationPair.Read(here, there));

        Assert.That(Players($"{said} (reconstruction)"), Is.EqualTo((2, 0)));
        Assert.That(Players($"{said} (conversion, June-fr)"), Is.EqualTo((3, 0)));
        Assert.That(Players($"{said} (conversion, Carlo-it)"), Is.EqualTo((3, 3)));

        (int, int) Players(string row)
        {
            var cells = html.Split($"{row}</th>")[1].Split("</tr>")[0].Split("</td>");
            return (Count(cells[0], "<audio"), Count(cells[1], "<audio"));
        }
    }

    [Test]
    public void A_side_without_an_evaluation_stays_empty()
    {
        var here = EvaluationFixture.Write(Path.Combine(_folder, "here"));

        var pair = EvaluationPair.Read(here, null);

        Assert.That(pair.Figures.Rows, Is.Not.Empty.And.All.Property(nameof(ComparisonRow.Right)).Empty);
        Assert.That(Count(new ComparisonPage("", "here", "v1").Html([], pair), "<audio controls"), Is.GreaterThan(1));
    }

    [Test]
    public void A_page_takes_the_place_of_an_earlier_one()
    {
        var path = Path.Combine(_folder, "compare", "page.html");
        ComparisonPage.Write(path, "first", ("here", "v1"), [Settings], EvaluationPair.Read(null, null));
        ComparisonPage.Write(path, "second", ("here", "v1"), [], EvaluationPair.Read(null, null));

        Assert.That(File.ReadAllText(path), Does.Contain("<h1>second</h1>").And.Not.Contain("<h1>first").And.Not.Contain("<td>"));
    }

    private static int Count(string text, string part) => text.Split(part).Length - 1;
}
