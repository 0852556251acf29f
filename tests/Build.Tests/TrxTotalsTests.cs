using Tmrvc.Build.Services;

namespace Tmrvc.Build.Tests;

public sealed class TrxTotalsTests
{
    private string _folder = "";

    [SetUp]
    public void MakeFolder() => _folder = Directory.CreateTempSubdirectory("trx").FullName;

    [TearDown]
    public void RemoveFolder() => Directory.Delete(_folder, recursive: true);

    [Test]
    public void Results_of_all_projects_are_added_up()
    {
        Write("a.trx", total: 10, executed: 9, passed: 7);
        Write("b.trx", total: 5, executed: 5, passed: 5);

        Assert.That(TrxTotals.OfFolder(_folder).ToString(), Is.EqualTo("12 passed, 2 failed, 1 skipped"));
    }

    [Test]
    public void Nothing_skipped_is_not_mentioned()
    {
        Write("a.trx", total: 3, executed: 3, passed: 3);

        Assert.That(TrxTotals.OfFolder(_folder).ToString(), Is.EqualTo("3 passed, 0 failed"));
    }

    [Test]
    public void A_file_without_counters_is_refused()
    {
        File.WriteAllText(Path.Combine(_folder, "a.trx"), "<TestRun />");

        Assert.That(() => TrxTotals.OfFolder(_folder), Throws.TypeOf<InvalidDataException>());
    }

    private void Write(string name, int total, int executed, int passed) => File.WriteAllText(Path.Combine(_folder, name), $"""
        <TestRun xmlns="http://microsoft.com/schemas/VisualStudio/TeamTest/2010">
          <ResultSummary outcome="Completed">
            <Counters total="{total}" executed="{executed}" passed="{passed}" failed="{executed - passed}" />
          </ResultSummary>
        </TestRun>
        """);
}
