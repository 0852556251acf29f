using Tmrvc.Reporting.Tests.Support;

namespace Tmrvc.Reporting.Tests;

[SetUpFixture]
public sealed class WholeRun
{
    [OneTimeTearDown]
    public Task Close_the_browser() => SharedChromium.CloseAsync();
}
