namespace Tmrvc.Reporting.Tests.Support;

/// <summary>Tests of the page that <see cref="ReportFixture"/> writes, once for a class.</summary>
public abstract class WrittenPage
{
    private protected ReportFixture Fixture { get; private set; } = null!;

    [OneTimeSetUp]
    public async Task Write()
    {
        Fixture = new ReportFixture();
        await Fixture.WritePageAsync();
    }

    [OneTimeTearDown]
    public void Remove() => Fixture.Dispose();
}
